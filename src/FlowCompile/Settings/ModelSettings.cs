namespace FlowCompile.Settings;

/// <summary>A model of <c>flowcompile.json</c>: <c>"nano": { "onnx": "models/nano", "device": "cpu" }</c>.</summary>
public sealed record ModelSettings
{
    /// <summary>The name that settings, attributes and plans use.</summary>
    public required string Name { get; init; }

    /// <summary>The provider: the key that says where the model is, for example <c>onnx</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>
    /// The value of that key: for <c>onnx</c> the full path of the model's folder, for <c>replay</c> that of the file of calls, for
    /// <c>openai</c> the endpoint.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>
    /// The provider's own options, as written, for example <c>device</c>; one that is an object, for example <c>body</c>, as its JSON text. Only
    /// keys the provider knows get here; those not written are absent.
    /// </summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>What its tokens cost; <see langword="null"/> where no price is given, which counts as 0.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>The file that declares it, for messages.</summary>
    public string File { get; init; } = ProjectSettings.FileName;

    /// <summary>The line of <c>flowcompile.json</c> that declares it, from 1; 0 for settings made in code.</summary>
    public int Line { get; init; }
}
