namespace FlowCompile.Tool.Hosting;

/// <summary>What the tool hands to its process in the project's dependency graph, as properties of that process's runtime configuration.</summary>
internal static class HostProperties
{
    public const string
        ProjectFile = "FlowCompile.Host.Project",
        Assembly = "FlowCompile.Host.Assembly",
        ToolFolder = "FlowCompile.Host.Tool",
        Folder = "FlowCompile.Host.Folder",
        Signal = "FlowCompile.Host.Signal";
}
