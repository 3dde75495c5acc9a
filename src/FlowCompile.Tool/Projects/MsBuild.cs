using System.Diagnostics;
using System.Text.Json;
using FlowCompile.Tool.Hosting;

namespace FlowCompile.Tool.Projects;

/// <summary>Asks MSBuild for what a project is built to, and builds it on the way where that is wanted.</summary>
internal static class MsBuild
{
    private static readonly string[] s_properties = ["TargetPath", "TargetFramework", "TargetFrameworks", "NuGetPackageFolders", "NuGetPackageRoot"];

    /// <summary>Runs MSBuild on a project.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="request">How it is built.</param>
    /// <param name="build">Whether it is built; otherwise it is only evaluated.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolException">The project does not build.</exception>
    public static async Task<MsBuildAnswer> RunAsync(string project, ProjectRequest request, bool build, CancellationToken cancellationToken)
    {
        // In the project's folder, whose global.json says which SDK builds it.
        var start = new ProcessStartInfo(DotnetHost.Path) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(project)! };
        string[] arguments =
        [
            build ? "build" : "msbuild", project, "-nologo", .. s_properties.Select(name => $"-getProperty:{name}"), "-getItem:FrameworkReference", "-getItem:ProjectReference",
            .. build ? ["-t:Build"] : Array.Empty<string>(),
            .. Options(request, build),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A tool that was itself started by MSBuild must not hand its node settings down.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");

        using var process = DotnetHost.Start(start);
        using var registration = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0 ? Read(await output) : throw new ToolException(DescribeFailure(project, request, await errors + await output), ExitCode.BadProject);
    }

    private static ShownText DescribeFailure(string project, ProjectRequest request, string output)
    {
        var errors = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Contains("error ", StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
        var first = errors.Count > 0 ? errors[0] : "dotnet build gave no error line";
        var more = errors.Count > 1 ? $" (and {errors.Count - 1} more)" : "";
        return $"{Path.GetFileName(project)} does not build: {first}{more}; run '{BuildCommand(project, request)}' for all of it.";
    }

    /// <summary>The command that builds a project, to be copied.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="request">How it is built.</param>
    public static string BuildCommand(string project, ProjectRequest request) =>
        string.Join(' ', new[] { "dotnet build", Output.Shell.Quote(Path.GetRelativePath(Environment.CurrentDirectory, project)) }.Concat(Options(request, build: true).Select(Output.Shell.Quote)));

    private static IEnumerable<string> Options(ProjectRequest request, bool build) =>
    [
        .. request.Configuration is { } configuration ? [$"-p:Configuration={configuration}"] : Array.Empty<string>(),
        .. request.Framework is { } framework ? [build ? $"--framework:{framework}" : $"-p:TargetFramework={framework}"] : Array.Empty<string>(),
        .. request.Properties.Select(property => $"-p:{property}"),
    ];

    private static MsBuildAnswer Read(string output)
    {
        // The answer is the JSON object at the end; a target of the project may have printed before it.
        for (var brace = output.IndexOf('{', StringComparison.Ordinal); brace >= 0; brace = output.IndexOf('{', brace + 1))
        {
            try
            {
                using var document = JsonDocument.Parse(output[brace..]);
                if (document.RootElement.TryGetProperty("Properties", out var properties))
                {
                    string Text(string name) => properties.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
                    string[] folders = [.. Text("NuGetPackageFolders").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Text("NuGetPackageRoot")];
                    return new MsBuildAnswer(Text("TargetPath"), Text("TargetFrameworks"))
                    {
                        PackageFolders = [.. folders.Where(folder => folder.Length > 0).Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal)],
                        Frameworks = Items(document.RootElement, "FrameworkReference", "Identity"),
                        ProjectReferences = Items(document.RootElement, "ProjectReference", "FullPath"),
                    };
                }
            }
            catch (JsonException)
            {
                // Something else that starts with a brace.
            }
        }

        return new MsBuildAnswer("", "");
    }

    private static List<string> Items(JsonElement root, string name, string metadata) =>
        root.TryGetProperty("Items", out var items) && items.TryGetProperty(name, out var list)
            ? [.. list.EnumerateArray().Select(item => item.GetProperty(metadata).GetString()!).Distinct(StringComparer.Ordinal)]
            : [];
}
