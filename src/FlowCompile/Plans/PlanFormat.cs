namespace FlowCompile.Plans;

/// <summary>What reader and writer of plan files agree on.</summary>
internal static class PlanFormat
{
    /// <summary>The version written, and the newest one read.</summary>
    public const int Version = 1;

    /// <summary>The largest file read: some thousand configurations take a few megabytes.</summary>
    public const long MaxBytes = 64L << 20;

    /// <summary>The members of a plan.</summary>
    public static readonly IReadOnlyCollection<string> PlanMembers =
        ["version", "workflow", "graphHash", "proxy", "schedule", "provenance", "cells", "configurations"];

    /// <summary>The members of a configuration.</summary>
    public static readonly IReadOnlyCollection<string> ConfigurationMembers = ["id", "name", "counts", "settings", "estimate"];
}
