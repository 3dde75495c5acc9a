namespace FlowCompile.Tool.Projects;

/// <summary>Where the assembly of a project is.</summary>
/// <param name="Assembly">Its path.</param>
/// <param name="ProjectWritten">When the project file was written, in ticks.</param>
internal sealed record LastBuildEntry(string Assembly, long ProjectWritten)
{
    /// <summary>The folders of restored packages.</summary>
    public string[]? PackageFolders { get; init; }

    /// <summary>The shared frameworks that the project names.</summary>
    public string[]? Frameworks { get; init; }

    /// <summary>The project files it refers to.</summary>
    public string[]? References { get; init; }
}
