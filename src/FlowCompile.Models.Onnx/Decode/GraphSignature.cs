using System.Globalization;

namespace FlowCompile.Models.Onnx;

/// <summary>The inputs and outputs of a decoder with past, as exporters name them, in the order the decoder hands them over.</summary>
internal static class GraphSignature
{
    public static IReadOnlyList<string> Inputs(ModelConfig config) =>
        ["input_ids", "attention_mask", "position_ids", .. Cache("past_key_values", config)];

    public static IReadOnlyList<string> Outputs(ModelConfig config) => ["logits", .. Cache("present", config)];

    private static IEnumerable<string> Cache(string prefix, ModelConfig config) =>
        from layer in Enumerable.Range(0, config.Layers)
        from kind in (string[])["key", "value"]
        select string.Create(CultureInfo.InvariantCulture, $"{prefix}.{layer}.{kind}");
}
