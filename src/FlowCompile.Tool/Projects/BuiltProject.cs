namespace FlowCompile.Tool.Projects;

/// <summary>A project that was built.</summary>
/// <param name="ProjectFile">The project file's full path.</param>
/// <param name="Assembly">The built assembly's full path.</param>
internal sealed record BuiltProject(string ProjectFile, string Assembly)
{
    public string Directory => Path.GetDirectoryName(ProjectFile)!;

    public string Name => Path.GetFileNameWithoutExtension(ProjectFile);
}
