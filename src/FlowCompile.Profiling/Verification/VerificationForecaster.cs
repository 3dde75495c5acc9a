using FlowCompile.Plans;
using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>Says what verifying a plan takes, from what calls have taken.</summary>
internal sealed class VerificationForecaster(ProfileContext context, ProjectSettings settings)
{
    /// <summary>For how many configurations a plan is taken that is not compiled yet: about as many as one has.</summary>
    public const int UsualPoints = 12;

    private readonly Dictionary<(string, string, int), CallStatistics> _statistics =
        context.Store.Outcomes.Statistics().ToDictionary(row => (row.Node, row.Identity, row.Budget));

    /// <summary>What is to be done.</summary>
    /// <param name="points">The configurations; <see langword="null"/> where they are not known.</param>
    /// <param name="cases">The validation cases.</param>
    /// <param name="count">On how many of them each runs, at most.</param>
    /// <param name="manifest">What the profile is made with.</param>
    /// <returns>What it takes; <see langword="null"/> for nothing.</returns>
    public VerificationForecast? Of(IReadOnlyList<WorkflowConfiguration>? points, IReadOnlyList<WorkflowCase> cases, int count, ProfileManifest manifest)
    {
        var planner = new VerificationPlanner(context);
        var chosen = points is null ? [.. cases.Take(count)] : planner.CasesOf(cases, count);
        WorkflowConfiguration[] assumed = [new("reference", context.Largest, context.Space.SettingsUnder(context.Section.Reference, context.Largest))];
        var runs = points is null
            ? assumed.Select(one => (Configuration: one, Count: UsualPoints * chosen.Count)).ToList()
            : chosen.SelectMany(one => planner.Plan(points, one, manifest)).Where(request => !context.Store.Runs.Contains(request.Key, !context.Options.RetryFailures))
                .GroupBy(request => request.Configuration).Select(group => (Configuration: group.Key, Count: group.Count())).ToList();
        if (runs.Sum(run => run.Count) == 0)
        {
            return null;
        }

        var (calls, unknown, tokens, cost, seconds) = (0, 0, 0.0, 0.0, 0.0);
        foreach (var (configuration, times) in runs)
        {
            foreach (var (node, setting, own) in CallsOf(configuration))
            {
                var all = times * own;
                calls += all;
                if (_statistics.TryGetValue((node, context.Identities[setting.Model].Identity, setting.Budget), out var known))
                {
                    tokens += all * (known.InputTokens + known.GeneratedTokens);
                    cost += settings.FindModel(setting.Model)?.Price?.CostOf(all * known.InputTokens, all * known.GeneratedTokens, all * known.CachedTokens) ?? 0;
                    seconds += all * known.Seconds;
                }
                else
                {
                    unknown += all;
                }
            }
        }

        return new VerificationForecast
        {
            Configurations = points?.Count ?? UsualPoints,
            IsAssumed = points is null,
            Cases = chosen.Count,
            Runs = runs.Sum(run => run.Count),
            Calls = calls,
            UnknownCalls = unknown,
            Tokens = tokens,
            Cost = cost,
            Time = TimeSpan.FromSeconds(seconds),
        };
    }

    // The calls of a run at most: a repairer makes all its attempts.
    private IEnumerable<(string Node, Setting Setting, int Calls)> CallsOf(WorkflowConfiguration configuration) => Enumerable.Range(0, context.Descriptor.Graph.Nodes.Count)
        .Where(node => configuration.Settings[node] is not null && configuration.Structure.IsCalled(node))
        .SelectMany(node => Enumerable.Range(0, configuration.Structure.Counts[node]).Select(call => configuration.Settings[node]!.Value[call]).GroupBy(setting => setting)
            .Select(own => (context.Descriptor.Graph.Nodes[node].Name, own.Key, own.Count())));
}
