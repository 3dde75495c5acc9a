namespace FlowCompile.Compilation;

/// <summary>
/// A baseline that nobody knows: it is the best, or a choice, of settings that were not all measured to the end. What was measured of them would
/// understate it.
/// </summary>
/// <param name="Kind">How it is chosen.</param>
/// <param name="Missing">What would have to be measured, by sub-agent.</param>
public sealed record UnmeasuredBaseline(BaselineKind Kind, IReadOnlyList<IncompleteSetting> Missing);
