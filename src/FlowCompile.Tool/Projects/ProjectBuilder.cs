using System.Diagnostics;
using System.Text.Json;

namespace FlowCompile.Tool.Projects;

/// <summary>Finds a project and builds it with <c>dotnet build</c>.</summary>
internal static class ProjectBuilder
{
    private static readonly string[] s_extensions = [".csproj", ".fsproj", ".vbproj"];

    /// <summary>The project file that a path means: the file itself, or the only one in a folder.</summary>
    public static string Locate(string path)
    {
        if (File.Exists(path))
        {
            return s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
                ? Path.GetFullPath(path)
                : throw new ToolException($"'{path}' is not a project file; give a .csproj or the folder of one.", ExitCode.BadProject);
        }

        if (!Directory.Exists(path))
        {
            throw new ToolException($"There is no project at '{path}'; give a .csproj or the folder of one.", ExitCode.BadProject);
        }

        var files = Directory.EnumerateFiles(path).Where(file => s_extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).ToList();
        return files.Count switch
        {
            1 => Path.GetFullPath(files[0]),
            0 => throw new ToolException($"'{Path.GetFullPath(path)}' holds no project file; give the folder of one.", ExitCode.BadProject),
            _ => throw new ToolException(
                $"'{Path.GetFullPath(path)}' holds {files.Count} project files ({ShownText.Join(", ", files.Select(Path.GetFileName).Order(StringComparer.Ordinal))}); name one.",
                ExitCode.BadProject),
        };
    }

    /// <summary>Builds a project and tells where its assembly is.</summary>
    public static async Task<BuiltProject> BuildAsync(string path, string? configuration, CancellationToken cancellationToken)
    {
        var project = Locate(path);
        var target = ReadTargetPath(project, await RunAsync(project, configuration, "-t:Build", cancellationToken));
        if (!File.Exists(target))
        {
            throw new ToolException($"{Path.GetFileName(project)} was built, but its assembly was not found.", ExitCode.BadProject);
        }

        LastBuild.Write(project, configuration, target);
        return new BuiltProject(project, target);
    }

    /// <summary>Tells where the assembly is that was built last, without building.</summary>
    public static async Task<BuiltProject> FindAsync(string path, string? configuration, CancellationToken cancellationToken)
    {
        var project = Locate(path);
        if (LastBuild.TryRead(project, configuration) is { } known)
        {
            return new BuiltProject(project, known);
        }

        var target = ReadTargetPath(project, await RunAsync(project, configuration, target: null, cancellationToken));
        if (!File.Exists(target))
        {
            throw new ToolException($"{Path.GetFileName(project)} has not been built{(configuration is null ? "" : $" as {configuration}")}; run the command once without --no-build.", ExitCode.BadProject);
        }

        LastBuild.Write(project, configuration, target);
        return new BuiltProject(project, target);
    }

    // Without a target the project is only evaluated.
    private static async Task<string> RunAsync(string project, string? configuration, string? target, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments = [target is null ? "msbuild" : "build", project, "-nologo", "-getProperty:TargetPath", "-getProperty:TargetFrameworks"];
        foreach (var argument in (string[])[.. arguments, .. target is null ? [] : new[] { target }, .. configuration is null ? [] : new[] { $"-p:Configuration={configuration}" }])
        {
            start.ArgumentList.Add(argument);
        }

        // A tool that was itself started by MSBuild must not hand its node settings down.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");

        using var process = Start(start);
        using var registration = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new ToolException(DescribeFailure(project, await errors + await output), ExitCode.BadProject);
        }

        return await output;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new ToolException($"'{start.FileName}' could not be started ({error.Message}); install the .NET SDK or put it on the PATH.", ExitCode.BadProject, error);
        }
    }

    private static ShownText DescribeFailure(string project, string output)
    {
        var errors = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Contains("error ", StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
        var first = errors.Count > 0 ? errors[0] : "dotnet build gave no error line";
        var more = errors.Count > 1 ? $" (and {errors.Count - 1} more)" : "";
        return $"{Path.GetFileName(project)} does not build: {first}{more}; run 'dotnet build' for all of it.";
    }

    private static string ReadTargetPath(string project, string output)
    {
        // The properties are the JSON object at the end; a target of the project may have printed before it.
        var json = output.IndexOf('{', StringComparison.Ordinal) is >= 0 and var brace ? output[brace..] : "{}";
        string? target = null, frameworks = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.TryGetProperty("Properties", out var properties))
            {
                target = properties.GetProperty("TargetPath").GetString();
                frameworks = properties.GetProperty("TargetFrameworks").GetString();
            }
        }
        catch (JsonException)
        {
        }

        if (string.IsNullOrEmpty(target))
        {
            throw new ToolException(
                string.IsNullOrEmpty(frameworks)
                    ? (ShownText)$"{Path.GetFileName(project)} was built, but its assembly was not found."
                    : $"{Path.GetFileName(project)} targets several frameworks ({frameworks}); profile a project that targets one.",
                ExitCode.BadProject);
        }

        return target;
    }
}
