namespace FlowCompile.Scoring;

/// <summary>Compares what values are named.</summary>
internal static class Labels
{
    /// <summary>Whether two names may be one: a:b is not b:a, and of two names in words one has all the words of the other.</summary>
    public static bool Match(MathAnswer.Labelled a, MathAnswer.Labelled b) => a.IsRatio || b.IsRatio
        ? a.IsRatio != b.IsRatio || a.Label.SequenceEqual(b.Label, StringComparer.Ordinal)
        : a.Label.All(word => b.Label.Contains(word, StringComparer.Ordinal)) || b.Label.All(word => a.Label.Contains(word, StringComparer.Ordinal));

    /// <summary>A ratio of two the other way round, with its names.</summary>
    public static MathAnswer.Labelled? Turned(MathAnswer.Labelled ratio) =>
        ratio.IsRatio && ratio.Value is MathAnswer.Ratio { Items: [var first, var second] } value && ratio.Label.Count(part => part == ":") == 1
            ? ratio with
            {
                Label = [.. ratio.Label.SkipWhile(part => part != ":").Skip(1), ":", .. ratio.Label.TakeWhile(part => part != ":")],
                Value = value with { Items = [second, first] },
            }
            : null;
}
