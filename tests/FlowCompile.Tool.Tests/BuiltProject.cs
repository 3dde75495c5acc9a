using System.Diagnostics;

namespace FlowCompile.Tool.Tests;

/// <summary>The project of the tests, built once for all that need not see it built.</summary>
internal static class BuiltProject
{
    private static readonly Lazy<string> s_folder = new(Build);

    /// <summary>Its folder.</summary>
    public static string Folder => s_folder.Value;

    /// <summary>What was built, and where NuGet says that its packages are, relative to the folder.</summary>
    public static IEnumerable<string> Files => Directory.EnumerateFiles(Path.Combine(Folder, "bin"), "*", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(Path.Combine(Folder, "obj"), "*.nuget.g.*"))
        .Select(file => Path.GetRelativePath(Folder, file));

    private static string Build()
    {
        var project = new TestProject();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => project.Dispose();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["build", project.PathOf("Project.csproj"), "--nologo", "-v", "quiet", "-nodeReuse:false"])
        {
            start.ArgumentList.Add(argument);
        }

        using var build = Process.Start(start)!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0 ? project.Directory : throw new InvalidOperationException(output);
    }
}
