using FlowCompile.Tool.Output;

namespace FlowCompile.Tool.Projects;

/// <summary>Finds the project that a path means.</summary>
internal static class ProjectLocator
{
    /// <summary>The project file with the workflows that a request means: where the project itself has none and one that it refers to has, that one.</summary>
    /// <exception cref="ToolException">There is none, or there are several.</exception>
    public static async Task<string> LocateAsync(ProjectRequest request, CancellationToken cancellationToken)
    {
        var project = Locate(request.Path);
        if (WorkflowSources.HasWorkflow(project))
        {
            return project;
        }

        // The plan belongs beside the project that compiles the class, for that build puts it in.
        var name = Path.GetFileName(project);
        var referred = (await MsBuild.RunAsync(project, request, build: false, cancellationToken)).ProjectReferences.Where(WorkflowSources.HasWorkflow).ToList();
        switch (referred.Count)
        {
            case 0:
                return project;
            case 1:
                Results.Note($"{name} has no workflow of its own; {Path.GetRelativePath(Environment.CurrentDirectory, referred[0])}, which it refers to, is worked on");
                return referred[0];
            default:
                throw new ToolException(
                    $"{name} has no workflow of its own; give one of the projects it refers to: {ShownText.Join(", ", referred.Select(file => Shell.Quote(Path.GetRelativePath(Environment.CurrentDirectory, file))))}",
                    ExitCode.BadProject);
        }
    }

    /// <summary>The project file that a path means: the file itself, or the only one in a folder.</summary>
    /// <exception cref="ToolException">There is none, or there are several; the message names those with a workflow.</exception>
    public static string Locate(string path)
    {
        if (File.Exists(path))
        {
            return IsProject(path) ? Path.GetFullPath(path)
                : SolutionProjects.IsSolution(path) ? throw Several($"'{path}' is a solution", SolutionProjects.Of(path))
                : throw new ToolException($"'{path}' is not a project file; give a .csproj or the folder of one.", ExitCode.BadProject);
        }

        if (!Directory.Exists(path))
        {
            throw new ToolException($"There is no project at '{path}'; give a .csproj or the folder of one.", ExitCode.BadProject);
        }

        var files = Directory.EnumerateFiles(path).Where(IsProject).Order(StringComparer.Ordinal).ToList();
        return files.Count switch
        {
            1 => Path.GetFullPath(files[0]),
            0 => throw Several($"'{Path.GetFullPath(path)}' holds no project file", Below(path)),
            _ => throw Several($"'{Path.GetFullPath(path)}' holds {files.Count} project files ({ShownText.Join(", ", files.Select(Path.GetFileName))})", files),
        };
    }

    public static bool IsProject(string file) => Path.GetExtension(file).ToUpperInvariant() is ".CSPROJ" or ".FSPROJ" or ".VBPROJ";

    private static List<string> Below(string folder)
    {
        var solutions = Directory.EnumerateFiles(folder).Where(SolutionProjects.IsSolution).Order(StringComparer.Ordinal).ToList();
        return solutions.Count > 0 ? [.. solutions.SelectMany(SolutionProjects.Of).Distinct(StringComparer.Ordinal)] : SolutionProjects.Below(folder);
    }

    private static ToolException Several(ShownText what, List<string> projects)
    {
        var workflows = projects.Where(WorkflowSources.HasWorkflow).Select(project => Shell.Quote(Path.GetRelativePath(Environment.CurrentDirectory, project))).ToList();
        return new ToolException(
            workflows.Count switch
            {
                0 when projects.Count == 0 => (ShownText)$"{what}; give the folder of one.",
                0 => $"{what}, and no project in it has a workflow; put [Workflow(\"name\")] on a partial class of one.",
                1 => $"{what}; give the project with the workflow: {workflows[0]}",
                _ => $"{what}; give one of the projects with workflows: {ShownText.Join(", ", workflows)}",
            },
            ExitCode.BadProject);
    }
}
