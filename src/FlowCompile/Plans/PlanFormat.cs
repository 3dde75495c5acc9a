namespace FlowCompile.Plans;

/// <summary>What reader and writer of plan files agree on.</summary>
internal static class PlanFormat
{
    /// <summary>The newest version read.</summary>
    public const int Version = 2;

    /// <summary>The version from which a sub-agent may have a setting for each of its calls.</summary>
    public const int CallSettingsVersion = 2;

    /// <summary>The largest file read: some thousand configurations take a few megabytes.</summary>
    public const long MaxBytes = 64L << 20;

    /// <summary>The member that names a JSON schema, for editors. It means nothing to FlowCompile, and stays where it is: in front.</summary>
    public const string Schema = "$schema";

    /// <summary>The members of a plan.</summary>
    public static readonly IReadOnlyCollection<string> PlanMembers =
        ["version", "workflow", "graphHash", "proxy", "schedule", "objectives", "accuracyLoss", "folded", "foldedLoss", "provenance", "verification", "cells", "configurations"];

    /// <summary>The members of a plan's provenance.</summary>
    public static readonly IReadOnlyCollection<string> ProvenanceMembers =
        ["toolVersion", "profileHash", "casesHash", "cases", "seed", "models", "hardware", "concurrency", "untimedCalls"];

    /// <summary>The members of a cell.</summary>
    public static readonly IReadOnlyCollection<string> CellMembers = ["latencySeconds", "latencyP95Seconds", "accuracy", "tokens", "samples"];

    /// <summary>The members of a configuration.</summary>
    public static readonly IReadOnlyCollection<string> ConfigurationMembers = ["id", "name", "counts", "settings", "estimate"];

    /// <summary>The members of an estimate.</summary>
    public static readonly IReadOnlyCollection<string> EstimateMembers =
    [
        "accuracy", "recordedAccuracy", "latencySeconds", "cost", "energyJoules", "accuracyInterval", "latencyInterval",
        "latencyP50Seconds", "latencyP95Seconds", "latencyP99Seconds",
        "costInterval", "energyInterval", "latencyP50Interval", "latencyP95Interval", "latencyP99Interval", "rightLatencySeconds", "cases",
    ];

    /// <summary>The version that a plan is written in: the oldest that can say it, so that older programs read what they can run.</summary>
    public static int VersionOf(WorkflowPlan plan) =>
        plan.Configurations.Any(one => one.Settings.Any(settings => settings is { IsUniform: false })) ? CallSettingsVersion : 1;
}
