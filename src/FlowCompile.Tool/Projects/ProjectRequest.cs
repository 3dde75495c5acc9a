namespace FlowCompile.Tool.Projects;

/// <summary>Which project to work on, and how it is built.</summary>
/// <param name="Path">The project file, or the folder that holds it.</param>
internal sealed record ProjectRequest(string Path)
{
    /// <summary>The build configuration; <see langword="null"/> for the project's default.</summary>
    public string? Configuration { get; init; }

    /// <summary>The target framework; <see langword="null"/> for the only one, or the newest.</summary>
    public string? Framework { get; init; }

    /// <summary>MSBuild properties as <c>Name=Value</c>.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>Whether what was built last is used instead.</summary>
    public bool NoBuild { get; init; }

    /// <summary>What of the request decides where the assembly is, as a key.</summary>
    public string OutputKey => string.Join('|', new[] { Configuration ?? "", Framework ?? "" }.Concat(Properties.Order(StringComparer.Ordinal))).TrimEnd('|');
}
