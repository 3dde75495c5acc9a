namespace FlowCompile.Tool.Projects;

/// <summary>A project that was built.</summary>
/// <param name="ProjectFile">The project file's full path.</param>
/// <param name="Assembly">The built assembly's full path.</param>
internal sealed record BuiltProject(string ProjectFile, string Assembly)
{
    /// <summary>The folders of restored packages: a class library's dependencies are there, and not beside it.</summary>
    public IReadOnlyList<string> PackageFolders { get; init; } = [];

    /// <summary>The shared frameworks that the project names. An application has them in its runtimeconfig.json, a class library has not.</summary>
    public IReadOnlyList<string> Frameworks { get; init; } = [];

    /// <summary>The project files that the project refers to.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    public string Directory => Path.GetDirectoryName(ProjectFile)!;

    public string Name => Path.GetFileNameWithoutExtension(ProjectFile);
}
