using FlowCompile.Tool.Output;

namespace FlowCompile.Tool.Projects;

/// <summary>Builds a project with <c>dotnet build</c>, or finds what was built last.</summary>
internal static class ProjectBuilder
{
    /// <summary>Tells where the assembly of a project is, which is built first unless the request says otherwise.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="request">How it is built.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="ToolException">It does not build, or was not built.</exception>
    public static async Task<BuiltProject> GetAsync(string project, ProjectRequest request, CancellationToken cancellationToken)
    {
        if (request.NoBuild && LastBuild.TryRead(project, request.OutputKey) is { } known)
        {
            return known;
        }

        var key = request.OutputKey;
        if (request.Framework is null && TargetFrameworks.MayBeSeveral(project))
        {
            request = await ChooseFrameworkAsync(project, request, cancellationToken);
        }

        var answer = await MsBuild.RunAsync(project, request, !request.NoBuild, cancellationToken);
        if (answer.TargetPath.Length == 0 && answer.TargetFrameworks.Length > 0)
        {
            request = Chosen(project, request, answer);
            answer = await MsBuild.RunAsync(project, request, !request.NoBuild, cancellationToken);
        }

        if (answer.TargetPath.Length == 0 || !File.Exists(answer.TargetPath))
        {
            var how = string.Concat(request.Configuration is { } configuration ? $" as {configuration}" : "", request.Framework is { } framework ? $" for {framework}" : "");
            throw new ToolException(
                request.NoBuild ? (ShownText)$"{Path.GetFileName(project)} has not been built{how}; run the command once without --no-build."
                    : $"{Path.GetFileName(project)} was built, but its assembly was not found.",
                ExitCode.BadProject);
        }

        var built = new BuiltProject(project, answer.TargetPath) { PackageFolders = answer.PackageFolders, Frameworks = answer.Frameworks, References = answer.ProjectReferences };
        LastBuild.Write(key, built);
        return built;
    }

    private static async Task<ProjectRequest> ChooseFrameworkAsync(string project, ProjectRequest request, CancellationToken cancellationToken)
    {
        var answer = await MsBuild.RunAsync(project, request, build: false, cancellationToken);
        return answer.TargetFrameworks.Length == 0 ? request : Chosen(project, request, answer);
    }

    private static ProjectRequest Chosen(string project, ProjectRequest request, MsBuildAnswer answer)
    {
        var name = Path.GetFileName(project);
        var all = TargetFrameworks.Split(answer.TargetFrameworks);
        var chosen = TargetFrameworks.Choose(answer.TargetFrameworks) ?? throw new ToolException(
            $"{name} targets {ShownText.Join(", ", all)}, and workflows run on .NET 8 and later; add net10.0 to its TargetFrameworks.", ExitCode.BadProject);
        if (all.Count > 1)
        {
            Results.Note($"{name} targets {ShownText.Join(" and ", all)}; {chosen} is used (--framework names another)");
        }

        return request with { Framework = chosen };
    }
}
