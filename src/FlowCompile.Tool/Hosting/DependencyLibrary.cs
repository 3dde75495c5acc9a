namespace FlowCompile.Tool.Hosting;

/// <summary>A package, a project or a referenced file with what of it is loaded at run time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Assets">Its files, all of them there.</param>
internal sealed record DependencyLibrary(string Name, string Version, IReadOnlyList<DependencyAsset> Assets)
{
    /// <summary>Whether it is one of FlowCompile's own, of which the tool's copy is always taken: its parts belong together.</summary>
    public bool IsOurs => Assets.Any(asset => IsOwnFile(asset.FileName));

    public static bool IsOwnFile(string fileName) => fileName.StartsWith(nameof(FlowCompile) + ".", StringComparison.Ordinal);
}
