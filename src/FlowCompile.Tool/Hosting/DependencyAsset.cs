namespace FlowCompile.Tool.Hosting;

/// <summary>A file that a library brings.</summary>
/// <param name="Kind">The group of <c>deps.json</c> it stands in: runtime, native, resources or runtimeTargets.</param>
/// <param name="Folder">The folder that it was found in: the output folder, or that of the package.</param>
/// <param name="Path">Its path in that folder.</param>
internal sealed record DependencyAsset(string Kind, string Folder, string Path)
{
    public const string Runtime = "runtime", Native = "native", Resources = "resources", RuntimeTargets = "runtimeTargets";

    /// <summary>The assembly's version, where <c>deps.json</c> says it.</summary>
    public string? AssemblyVersion { get; init; }

    /// <summary>The file's version, where <c>deps.json</c> says it.</summary>
    public string? FileVersion { get; init; }

    /// <summary>The culture of a resource assembly.</summary>
    public string? Locale { get; init; }

    /// <summary>The platform of a runtime target.</summary>
    public string? Platform { get; init; }

    /// <summary>What a runtime target is: <c>runtime</c> or <c>native</c>.</summary>
    public string? AssetType { get; init; }

    public string FullPath => System.IO.Path.Combine(Folder, Path);

    public string FileName => System.IO.Path.GetFileName(Path);
}
