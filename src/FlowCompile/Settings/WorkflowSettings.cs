namespace FlowCompile.Settings;

/// <summary>A workflow's section of <c>flowcompile.json</c>.</summary>
public sealed record WorkflowSettings
{
    /// <summary>The entry of <see cref="Limits"/> that is for all sub-agents.</summary>
    public const string AllSubAgents = "*";

    /// <summary>What <see cref="MaxFailures"/> is where none is written.</summary>
    public const double DefaultMaxFailures = 0.1;

    /// <summary>The workflow's name.</summary>
    public required string Name { get; init; }

    /// <summary>The full path of the validation cases (JSON lines) that sub-agents are measured on.</summary>
    public required string Cases { get; init; }

    /// <summary>The full path of the held-out cases for <c>flowcompile test</c>; <see langword="null"/> where there are none.</summary>
    public string? Test { get; init; }

    /// <summary>The setting whose runs induce the inputs of downstream sub-agents. Default: the last model at the largest budget.</summary>
    public required Setting Reference { get; init; }

    /// <summary>The setting whose runs induce wrong inputs too. Default: the first model at the smallest budget.</summary>
    public required Setting WeakReference { get; init; }

    /// <summary>The schedule behind a plan's latencies: <c>parallel</c> (the default), <c>sequential</c> or <c>superstep</c>.</summary>
    public string Schedule { get; init; } = "parallel";

    /// <summary>The proxy that estimates configurations: <c>paired</c> (the default) or <c>independent</c>.</summary>
    public string Proxy { get; init; } = "paired";

    /// <summary>What of a sub-agent has a setting: <c>node</c>, all its calls one, or <c>call</c>, each replica and repair attempt its own. Default: <c>node</c>.</summary>
    public string SettingPer { get; init; } = "node";

    /// <summary>What the plan's frontier trades off: two or more of <c>accuracy</c>, <c>latency</c>, <c>cost</c> and <c>energy</c>. Default: the first two.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = ["accuracy", "latency"];

    /// <summary>
    /// Whether the plan has all configurations of the frontier. Default: only those whose accuracies can be told apart.
    /// </summary>
    public bool KeepAll { get; init; }

    /// <summary>What the plan's configurations may be made of, by sub-agent; <see cref="AllSubAgents"/> for all. Default: everything that was measured.</summary>
    public IReadOnlyDictionary<string, SubAgentLimitSettings> Limits { get; init; } = new Dictionary<string, SubAgentLimitSettings>();

    /// <summary>The seed of all sampled calls (default 1).</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// The share of a sub-agent's calls under one setting that may fail, 0 to 1 (default 0.1). With more the setting is left out: calls
    /// that fail are no sample of all, so that those that do not say too little.
    /// </summary>
    public double MaxFailures { get; init; } = DefaultMaxFailures;

    /// <summary>What judges the outputs of sub-agents without a score method; <see langword="null"/> where nothing does.</summary>
    public JudgeSettings? Judge { get; init; }
}
