namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>One recorded call.</summary>
/// <param name="Score">Its score, 0 to 1.</param>
/// <param name="Value">What it returned.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record RecordedAnswer(double Score, string? Value, double Seconds);
