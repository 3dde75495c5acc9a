namespace FlowCompile.Settings;

/// <summary>What is said of one workflow of a deployment.</summary>
/// <param name="Name">The workflow's name.</param>
/// <param name="Runs">How many times it runs in a period, above 0 (default 1).</param>
/// <param name="MinAccuracy">The least expected accuracy it may be deployed with, 0 to 1 (default 0).</param>
/// <param name="MaxLatencySeconds">The largest mean latency it may be deployed with, in seconds (default: any).</param>
public sealed record DeployedWorkflowSettings(string Name, double Runs = 1, double MinAccuracy = 0, double MaxLatencySeconds = double.PositiveInfinity);
