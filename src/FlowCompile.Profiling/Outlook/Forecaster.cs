using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>Says what a profile will ask of its models, from what earlier calls took.</summary>
/// <param name="context">The profile.</param>
/// <param name="settings">The project's settings.</param>
/// <param name="estimates">Whether calls of which nothing is known are reckoned from others of their model.</param>
internal sealed class Forecaster(ProfileContext context, ProjectSettings settings, bool estimates)
{
    private readonly Dictionary<(string, string, int), CallStatistics> _statistics =
        context.Store.Outcomes.Statistics().ToDictionary(row => (row.Node, row.Identity, row.Budget));

    public ProfileForecast Of(ProfileOutlook outlook)
    {
        var lines = outlook.Lines.ToList();
        return new ProfileForecast
        {
            AlreadyThere = lines.Sum(line => line.There),
            ReferenceRuns = outlook.MissingReferences,
            Models =
            [
                .. lines.Where(line => CallsAtMost(line) > 0).GroupBy(line => line.Setting.Model).Select(group => OfModel(group.Key, [.. group])),
                .. OfJudge([.. lines.Where(line => context.JudgedNodes.Contains(line.Node) && CallsAtMost(line) + line.Unjudged > 0)]),
            ],
        };
    }

    // An output that is there twice is judged once, so that nothing is certain. What is judged of labelled outputs comes on top.
    private IEnumerable<ModelForecast> OfJudge(List<OutlookLine> lines)
    {
        if (context.Judge is null || lines.Count == 0)
        {
            yield break;
        }

        var (calls, unknown) = (0, 0);
        var (input, generated, cached, seconds) = (0.0, 0.0, 0.0, 0.0);
        var statistics = context.Store.Verdicts.Statistics();
        foreach (var line in lines)
        {
            var most = CallsAtMost(line) + line.Unjudged;
            calls += most;
            if (statistics.TryGetValue(context.JudgeOf(line.Node)!, out var known))
            {
                input += most * known.InputTokens;
                generated += most * known.GeneratedTokens;
                cached += most * known.CachedTokens;
                seconds += most * known.Seconds;
            }
            else
            {
                unknown += most;
            }
        }

        var checks = context.JudgedNodes.Count < context.SubAgents.Count ? context.Section.Judge!.Checks : 0;
        if (calls > unknown)
        {
            var perKnown = (double)checks / (calls - unknown);
            (input, generated, cached, seconds) = (input * (1 + perKnown), generated * (1 + perKnown), cached * (1 + perKnown), seconds * (1 + perKnown));
        }
        else
        {
            unknown += checks;
        }

        calls += checks;
        var judge = context.Section.Judge!.Setting;
        yield return new ModelForecast
        {
            Model = judge.Model,
            IsJudge = true,
            Calls = 0,
            CallsAtMost = calls,
            UnknownCalls = unknown,
            UnknownThinkingTokensAtMost = (long)unknown * judge.Budget,
            InputTokens = input,
            GeneratedTokens = generated,
            Cost = CostOf(judge.Model, input, generated, cached),
            HasPrice = settings.FindModel(judge.Model)?.Price is not null,
            Time = TimeSpan.FromSeconds(seconds / context.Options.Concurrency),
        };
    }

    private double CostOf(string model, double input, double generated, double cached) => settings.FindModel(model)?.Price?.CostOf(input, generated, cached) ?? 0;

    private ModelForecast OfModel(string model, List<OutlookLine> lines)
    {
        var (unknown, estimated, thinking) = (0, 0, 0L);
        var estimate = new CallEstimate(estimates ? _statistics.Values : []);
        var (input, generated, cached, seconds) = (0.0, 0.0, 0.0, 0.0);
        foreach (var line in lines)
        {
            var node = context.Descriptor.Graph.Nodes[line.Node].Name;
            if (_statistics.TryGetValue((node, context.Identities[model].Identity, line.Setting.Budget), out var known))
            {
                input += CallsAtMost(line) * known.InputTokens;
                generated += CallsAtMost(line) * known.GeneratedTokens;
                cached += CallsAtMost(line) * known.CachedTokens;
                seconds += CallsAtMost(line) * known.Seconds;
            }
            else if (estimate.Of(node, context.Identities[model].Identity, line.Setting.Budget) is { } likely)
            {
                estimated += CallsAtMost(line);
                input += CallsAtMost(line) * likely.InputTokens;
                generated += CallsAtMost(line) * likely.GeneratedTokens;
                seconds += CallsAtMost(line) * likely.Seconds;
            }
            else
            {
                unknown += CallsAtMost(line);
                thinking += (long)CallsAtMost(line) * line.Setting.Budget;
            }
        }

        return new ModelForecast
        {
            Model = model,
            Calls = lines.Sum(line => line.Least + line.ReferencesLeast),
            CallsAtMost = lines.Sum(CallsAtMost),
            BatchedCallsAtMost = CanBatch(model) ? lines.Sum(BatchedAtMost) : 0,
            UnknownCalls = unknown,
            EstimatedCalls = estimated,
            UnknownThinkingTokensAtMost = thinking,
            InputTokens = input,
            GeneratedTokens = generated,
            Cost = CostOf(model, input, generated, cached),
            HasPrice = settings.FindModel(model)?.Price is not null,
            Time = TimeSpan.FromSeconds(seconds / context.Options.Concurrency),
        };
    }

    private bool CanBatch(string model) => context.Options.Batch > 1 && context.Models[model].GetService<IBatchDecoding>() is not null;

    // The first calls are timed alone. Of those that are there it is not looked up which were; at most all of them.
    private static int BatchedAtMost(OutlookLine line) => Math.Max(0, line.Most - Math.Max(0, TimedCalls.Enough - line.There));

    private static int CallsAtMost(OutlookLine line) => line.Most + line.ReferencesMost;
}
