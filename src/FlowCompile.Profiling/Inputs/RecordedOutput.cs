namespace FlowCompile.Profiling;

/// <summary>An output of a sub-agent on one case that a cell has recorded.</summary>
/// <param name="Setting">The setting it ran under.</param>
/// <param name="Output">The output, as JSON.</param>
/// <param name="Score">Its score.</param>
internal sealed record RecordedOutput(Setting Setting, string Output, double Score)
{
    /// <summary>Whether it counts as right.</summary>
    public bool IsRight => Score >= Scorer.Right;

    /// <summary>
    /// A number for choosing among outputs: the one with the smallest is taken. An output that is added later takes the place of few
    /// that were chosen before, so that few inputs change.
    /// </summary>
    /// <param name="purpose">What is chosen for.</param>
    public string Rank(string purpose) => ContentHash.Of("rank-1", purpose, Setting.ToString(), Output);
}
