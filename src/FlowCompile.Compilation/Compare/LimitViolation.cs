namespace FlowCompile.Compilation;

/// <summary>A limit that a new plan does not keep, where it is furthest from it.</summary>
/// <param name="Limit">The limit as on the command line, for example <c>--max-accuracy-loss</c>.</param>
/// <param name="Point">Where.</param>
/// <param name="Actual">The loss of accuracy, or the growth of the p95 latency as a share.</param>
/// <param name="Allowed">What is allowed.</param>
public sealed record LimitViolation(string Limit, FrontierPointChange Point, double Actual, double Allowed);
