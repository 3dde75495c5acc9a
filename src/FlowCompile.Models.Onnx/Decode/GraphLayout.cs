using System.Globalization;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// The inputs and outputs of a decoder with past, as exporters name them, in the order the decoder hands them over: tokens, mask, what only some graphs have, keys and values.
/// </summary>
internal sealed record GraphLayout
{
    public const string Tokens = "input_ids";
    public const string Mask = "attention_mask";
    public const string Positions = "position_ids";
    public const string UsesCache = "use_cache_branch";
    public const string Kept = "num_logits_to_keep";
    public const string Logits = "logits";

    /// <summary>Whether the graph is told the positions of tokens; others count them by the mask.</summary>
    public bool HasPositions { get; init; } = true;

    /// <summary>Whether the graph is two, and told which to take: one that begins a text and one that goes on with it, by a single token.</summary>
    public bool HasBranches { get; init; }

    /// <summary>The shape of the number of logits wanted, which is one; <see langword="null"/> where the graph gives those of all tokens read.</summary>
    public long[]? KeptShape { get; init; }

    /// <summary>The type of keys and values.</summary>
    public TensorElementType CacheType { get; init; } = TensorElementType.Float;

    /// <summary>The type of the logits.</summary>
    public TensorElementType LogitsType { get; init; } = TensorElementType.Float;

    /// <summary>Whether what a run reads together decides how its numbers are rounded: then a text read with others is another one than alone.</summary>
    public bool RoundsByRun { get; init; }

    /// <summary>Whether the graph has all that the fastest way of reading one text is made for, and nothing else.</summary>
    public bool IsPlain => HasPositions && !HasBranches && KeptShape is null && CacheType == TensorElementType.Float && LogitsType == TensorElementType.Float;

    /// <summary>How many inputs come before keys and values.</summary>
    public int CacheStart => 2 + (HasPositions ? 1 : 0) + (HasBranches ? 1 : 0) + (KeptShape is null ? 0 : 1);

    /// <summary>The size of a number of keys and values in bytes.</summary>
    public int CacheNumberSize => SizeOf(CacheType);

    /// <summary>The names of the inputs.</summary>
    /// <param name="config">The network's sizes.</param>
    public IReadOnlyList<string> Inputs(ModelConfig config) =>
    [
        Tokens,
        Mask,
        .. HasPositions ? [Positions] : (string[])[],
        .. HasBranches ? [UsesCache] : (string[])[],
        .. KeptShape is null ? (string[])[] : [Kept],
        .. Cache("past_key_values", config),
    ];

    /// <summary>The names of the outputs.</summary>
    /// <param name="config">The network's sizes.</param>
    public static IReadOnlyList<string> Outputs(ModelConfig config) => [Logits, .. Cache("present", config)];

    /// <summary>Whether numbers of a type can be read as keys, values and logits.</summary>
    public static bool IsNumber(TensorElementType type) => type is TensorElementType.Float or TensorElementType.Float16 or TensorElementType.BFloat16;

    private static int SizeOf(TensorElementType type) => type == TensorElementType.Float ? sizeof(float) : sizeof(ushort);

    private static IEnumerable<string> Cache(string prefix, ModelConfig config) =>
        from layer in Enumerable.Range(0, config.Layers)
        from kind in (string[])["key", "value"]
        select string.Create(CultureInfo.InvariantCulture, $"{prefix}.{layer}.{kind}");
}
