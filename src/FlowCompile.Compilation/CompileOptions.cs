using FlowCompile.Settings;

namespace FlowCompile.Compilation;

/// <summary>What to compile for.</summary>
public sealed record CompileOptions
{
    /// <summary>The schedule that latencies are estimated under. Default: <see cref="Schedule.Parallel"/>, what FlowCompile's own runtime does.</summary>
    public Schedule Schedule { get; init; } = Schedule.Parallel;

    /// <summary>
    /// What configurations are estimated with. Default: <see cref="ProxyKind.Paired"/>; a profile of means alone, such as an imported one, is
    /// compiled with <see cref="ProxyKind.Independent"/> whatever stands here.
    /// </summary>
    public ProxyKind Proxy { get; init; } = ProxyKind.Paired;

    /// <summary>What the frontier trades off, at least two. Default: accuracy and latency.</summary>
    public Objectives Objectives { get; init; } = Objectives.Accuracy | Objectives.Latency;

    /// <summary>
    /// Whether the replicas and repair attempts of a sub-agent may have different settings, where there are few enough ways to choose them
    /// (docs/frontier.md says how many). Default: <see langword="false"/>; a sub-agent whose attribute says <c>Same = true</c> has one setting whatever stands here.
    /// </summary>
    public bool SettingPerCall { get; init; }

    /// <summary>What configurations may be made of. Default: everything that was measured.</summary>
    public SearchSpace Space { get; init; } = new();

    /// <summary>
    /// The most accuracy that may be lost where a graph is too large for its exact frontier, from 0 to 1: for every configuration left
    /// out, one in the plan costs no more and is less accurate by at most this. Default: 0.001. Where the exact frontier is at hand it is
    /// what comes out, and <see cref="CompiledFrontier.AccuracyLoss"/> is 0.
    /// </summary>
    public double MaxAccuracyLoss { get; init; } = 0.001;

    /// <summary>
    /// Whether the plan has all configurations of the frontier. Default: only those that can be told apart. A configuration whose accuracy is within noise of
    /// one that spends no more is folded into it, where accuracy is an objective and the proxy knows single cases.
    /// </summary>
    public bool KeepAll { get; init; }

    /// <summary>
    /// How often each branch is taken, the same on every case; under the paired proxy a sub-agent that routes still takes the branches recorded
    /// of the case. Default (<see langword="null"/>): as in the measured profile, case by case under the paired proxy; equally often where nothing
    /// was recorded.
    /// </summary>
    public BranchProbabilities? Branches { get; init; }

    /// <summary>What <c>flowcompile.json</c> says to compile a workflow for.</summary>
    /// <param name="settings">The workflow's section.</param>
    /// <exception cref="CompileException">It names a schedule or a proxy that there is not.</exception>
    public static CompileOptions From(WorkflowSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var all = settings.Limits.GetValueOrDefault(WorkflowSettings.AllSubAgents) ?? new SubAgentLimitSettings();
        return new CompileOptions
        {
            Schedule = ScheduleNames.Parse(settings.Schedule),
            Proxy = ProxyNames.Parse(settings.Proxy),
            SettingPerCall = settings.SettingPer == "call",
            Objectives = settings.Objectives.Aggregate(Objectives.None, (objectives, name) => objectives | Enum.Parse<Objectives>(name, ignoreCase: true)),
            KeepAll = settings.KeepAll,
            Space = new SearchSpace
            {
                Models = [.. all.Models],
                Budgets = [.. all.Budgets],
                SubAgents = settings.Limits.Where(pair => pair.Key != WorkflowSettings.AllSubAgents).ToDictionary(pair => pair.Key, pair => new SubAgentLimits
                {
                    Models = [.. pair.Value.Models],
                    Budgets = [.. pair.Value.Budgets],
                    Setting = pair.Value.Setting,
                    MinCount = pair.Value.MinCount,
                    MaxCount = pair.Value.MaxCount,
                }),
            },
        };
    }

    /// <summary>
    /// From how many choices on a graph that cannot be taken apart, and requires all its nodes, is solved by bounds of what a second is worth. A benchmark
    /// sets it to infinity, to see what is proven without them.
    /// </summary>
    internal double ManyChoices { get; init; } = FrontierSolver.ManyChoices;
}
