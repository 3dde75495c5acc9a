namespace FlowCompile.Profiling.TestHost;

/// <summary>A case: the double of the problem's number is asked for.</summary>
/// <param name="Problem">The number.</param>
/// <param name="Answer">Its double.</param>
public sealed record NumberCase(string Problem, int Answer);
