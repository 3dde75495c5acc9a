namespace FlowCompile.Settings;

/// <summary>A provider that <c>flowcompile.json</c> may name, and what may be written beside it.</summary>
/// <param name="Key">The key, which is the provider's name.</param>
/// <param name="IsPath">Whether the key's value is a path, relative to the file.</param>
/// <param name="Options">The provider's own options, each with the values it may have.</param>
internal sealed record ModelProvider(string Key, bool IsPath, IReadOnlyDictionary<string, string[]> Options)
{
    /// <summary>The providers there are.</summary>
    public static IReadOnlyList<ModelProvider> All { get; } =
    [
        new("onnx", IsPath: true, new Dictionary<string, string[]> { ["device"] = ["auto", "cpu", "cuda"] }),
    ];
}
