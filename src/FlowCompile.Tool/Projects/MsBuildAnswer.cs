namespace FlowCompile.Tool.Projects;

/// <summary>What MSBuild says of a project.</summary>
/// <param name="TargetPath">Where its assembly is; empty where it targets several frameworks and none was named.</param>
/// <param name="TargetFrameworks">The frameworks it targets, with semicolons; empty where it targets one.</param>
internal sealed record MsBuildAnswer(string TargetPath, string TargetFrameworks)
{
    /// <summary>The folders of restored packages.</summary>
    public IReadOnlyList<string> PackageFolders { get; init; } = [];

    /// <summary>The shared frameworks it names.</summary>
    public IReadOnlyList<string> Frameworks { get; init; } = [];

    /// <summary>The project files it refers to.</summary>
    public IReadOnlyList<string> ProjectReferences { get; init; } = [];
}
