namespace FlowCompile.Compilation;

/// <summary>What improving one sub-agent would change in a configuration, by the proxy it is estimated with.</summary>
/// <param name="SubAgent">The sub-agent's name.</param>
/// <param name="Setting">The setting it runs under.</param>
/// <param name="Calls">How many calls it makes at most: 1, its replicas, or the most repair attempts.</param>
/// <param name="Accuracy">Its own accuracy where its inputs are right, 0 to 1.</param>
/// <param name="LatencySeconds">The mean latency of one of its calls, in seconds.</param>
/// <param name="AccuracyPerPoint">
/// What one more point (0.01) of that accuracy adds to the accuracy of the workflow: 0.01 where every answer depends on it, 0 where none does
/// or where it is always right already.
/// </param>
/// <param name="LatencyPerSecond">
/// By how many seconds a run gets faster for every second that each of its calls does, at the margin: 1 where it is always waited for, 0 where
/// something else always takes longer.
/// </param>
public sealed record SubAgentSensitivity(
    string SubAgent, Setting Setting, int Calls, double Accuracy, double LatencySeconds, double AccuracyPerPoint, double LatencyPerSecond);
