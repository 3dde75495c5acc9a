using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Reflection;
using System.Runtime.Loader;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Hosting;

/// <summary>The process that <see cref="HostProcess"/> starts, seen from inside.</summary>
internal sealed class HostedRun
{
    private HostedRun(BuiltProject project) => Project = project;

    /// <summary>The run; <see langword="null"/> in the process that a user starts.</summary>
    public static HostedRun? Current { get; private set; }

    /// <summary>The folder of the tool's own files.</summary>
    public static string ToolFolder { get; private set; } = AppContext.BaseDirectory;

    public BuiltProject Project { get; }

    /// <summary>Takes over what the tool handed on, before anything else happens.</summary>
    /// <param name="stop">Called when the tool asks to stop.</param>
    public static void Begin(Action stop)
    {
        if (TextOf(HostProperties.Assembly) is not { } assembly)
        {
            return;
        }

        var project = new BuiltProject(TextOf(HostProperties.ProjectFile)!, assembly);
        Current = new HostedRun(project);
        ToolFolder = TextOf(HostProperties.ToolFolder)!;
        CleanUp(TextOf(HostProperties.Folder)!);
        Listen(TextOf(HostProperties.Signal)!, stop);

        // Code of the project finds its own files beside it, and gives the same prompts on every machine.
        var output = Path.GetDirectoryName(assembly)!;
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", output + Path.DirectorySeparatorChar);
        AppContext.SetData("NATIVE_DLL_SEARCH_DIRECTORIES", string.Join(Path.PathSeparator, NativeFolders(output)));
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        AssemblyLoadContext.Default.Resolving += (context, name) => Resolve(context, output, name);
    }

    // What is in no deps.json, a file that a target of the project copies, is looked for beside the assembly as a last resort.
    private static Assembly? Resolve(AssemblyLoadContext context, string folder, AssemblyName name)
    {
        var file = Path.Combine(folder, name.CultureName is { Length: > 0 } culture ? culture : "", name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }

    private static IEnumerable<string> NativeFolders(string output) =>
    [
        .. (TextOf("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        output,
        ToolFolder,
        .. Directory.Exists(Path.Combine(ToolFolder, "runtimes")) ? Directory.EnumerateDirectories(Path.Combine(ToolFolder, "runtimes")).Select(platform => Path.Combine(platform, "native")) : [],
    ];

    private static void CleanUp(string folder)
    {
        try
        {
            File.Delete(HostFolder.DependenciesOf(Environment.GetCommandLineArgs()[0]));
            if (!OperatingSystem.IsWindows())
            {
                // What is loaded stays loaded; a killed process leaves nothing behind.
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The tool removes it when the run has ended.
        }
    }

    private static void Listen(string handle, Action stop)
    {
        var pipe = new AnonymousPipeClientStream(PipeDirection.In, handle);
        new Thread(() =>
        {
            while (pipe.ReadByte() == HostProcess.Stop)
            {
                stop();
            }

            // The tool was killed; so is what it started, as if it were one process.
            Process.GetCurrentProcess().Kill();
        })
        { IsBackground = true }.Start();
    }

    private static string? TextOf(string property) => AppContext.GetData(property) as string;
}
