using FlowCompile.Profiling;
using FlowCompile.Settings;

namespace FlowCompile.Tool.Projects;

/// <summary>A built project with its settings and the workflows to work on; the models are opened when first needed.</summary>
internal sealed class WorkflowSession : IDisposable
{
    private readonly Lazy<ModelCatalog> _models;

    private WorkflowSession(BuiltProject project, ProjectSettings settings, IReadOnlyList<WorkflowDescriptor> workflows)
    {
        Project = project;
        Settings = settings;
        Workflows = workflows;
        _models = new Lazy<ModelCatalog>(() => ModelOpener.Open(settings));
    }

    public BuiltProject Project { get; }

    public ProjectSettings Settings { get; }

    public IReadOnlyList<WorkflowDescriptor> Workflows { get; }

    public ModelCatalog Models => _models.Value;

    /// <summary>Loads the workflows of a built project, and reads its settings.</summary>
    /// <param name="project">The project.</param>
    /// <param name="workflow">The workflow's name; <see langword="null"/> for all.</param>
    public static WorkflowSession Open(BuiltProject project, string? workflow) => new(project, ReadSettings(project.ProjectFile), WorkflowLoader.Load(project, workflow));

    /// <summary>Reads the settings beside a project.</summary>
    public static ProjectSettings ReadSettings(string projectFile) => ProjectSettings.Load(Path.Combine(Path.GetDirectoryName(projectFile)!, ProjectSettings.FileName));

    /// <summary>The profile store of a workflow: the one named, or the one beside the project.</summary>
    public string StorePath(WorkflowDescriptor workflow, string? named) => Named(named, "--store") ?? ProfileStore.DefaultPath(Project.Directory, workflow.Graph.Name);

    /// <summary>The plan file of a workflow: the one named, or the one beside the project.</summary>
    public string PlanPath(WorkflowDescriptor workflow, string? named) => Named(named, "--plan") ?? Path.Combine(Project.Directory, workflow.Graph.Name + ".flowplan.json");

    /// <summary>The latest profile of a workflow.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="named">The store that was named, if one was.</param>
    public ProfileSummary ReadProfile(WorkflowDescriptor workflow, string? named)
    {
        using var store = ProfileStore.Open(StorePath(workflow, named), create: false);
        return ProfileSummary.Read(store, Settings);
    }

    public void Dispose()
    {
        if (_models.IsValueCreated)
        {
            _models.Value.Dispose();
        }
    }

    private string? Named(string? path, string option) => path is not null && Workflows.Count > 1
        ? throw new ToolException($"{option} names one file, and {Project.Name} has {Workflows.Count} workflows; choose one with --workflow.", ExitCode.Usage)
        : path;
}
