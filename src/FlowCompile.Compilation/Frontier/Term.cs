namespace FlowCompile.Compilation;

/// <summary>What a part of a circuit is made of, once it has been decomposed.</summary>
internal enum TermKind
{
    /// <summary>The calls of one sub-agent.</summary>
    Calls,

    /// <summary>One part after the other, both required.</summary>
    Series,

    /// <summary>Two parts side by side, both required.</summary>
    Both,

    /// <summary>Two parts side by side, either of which will do.</summary>
    Either,

    /// <summary>One of two parts, by a router.</summary>
    Mix,

    /// <summary>A part and the bounded repair of its output.</summary>
    Repair,
}

/// <summary>A part of a circuit as an expression over the calls in it.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="Left">The left part; of a repair, the target.</param>
/// <param name="Right">The right part.</param>
/// <param name="Node">The sub-agent of calls or of a repair; otherwise -1.</param>
/// <param name="Count">Replicas, or the most attempts.</param>
/// <param name="Weight">Of a mix, how often the left part runs when one of both does.</param>
internal sealed record Term(TermKind Kind, Term? Left, Term? Right, int Node = -1, int Count = 1, double Weight = 1)
{
    /// <summary>Whether a router decides on something in it.</summary>
    public bool HasMix { get; } = Kind == TermKind.Mix || Left is { HasMix: true } || Right is { HasMix: true };
}
