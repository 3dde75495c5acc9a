using Microsoft.Extensions.Logging;

namespace FlowCompile;

/// <summary>What is logged of plans that are taken over.</summary>
internal static partial class PlanLog
{
    [LoggerMessage(20, LogLevel.Information, "The plan of workflow '{Workflow}' is now {File}: {Configurations} configurations.")]
    public static partial void TakenOver(ILogger logger, string workflow, string file, int configurations);

    [LoggerMessage(21, LogLevel.Error, "The plan of workflow '{Workflow}' is not taken over: {Problem}. {Before} stays in force.")]
    public static partial void Refused(ILogger logger, string workflow, string problem, string before);
}
