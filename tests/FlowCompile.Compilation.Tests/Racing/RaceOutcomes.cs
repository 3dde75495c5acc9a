using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Settings;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests.Racing;

/// <summary>Outcomes of a draft and a check of it, as a profiler would record them.</summary>
internal static class RaceOutcomes
{
    public static WorkflowGraph Graph { get; } = new("pair", [Agent("Draft"), Agent("Check", From("Draft"))], "Check");

    public static ProjectSettings Settings { get; } = new() { File = "flowcompile.json", Models = [], Budgets = [0], Workflows = [] };

    public static Setting At(int budget) => new("m", budget);

    /// <summary>Outcomes of one setting on cases from 0 on; a check has right inputs on every case, and wrong ones too.</summary>
    public static IEnumerable<ProfiledOutcome> Of(string node, Setting setting, int cases, double seconds, Func<int, bool> isRight, bool failed = false)
    {
        for (var i = 0; i < cases; i++)
        {
            foreach (var inputsRight in node == "Draft" ? new[] { true } : [true, false])
            {
                yield return new ProfiledOutcome(
                    new ProfileCell
                    {
                        Key = $"{node} {setting} {i} {inputsRight}",
                        Node = node,
                        Setting = setting,
                        CaseId = $"n{i}",
                        CaseHash = $"h{i}",
                        Variant = inputsRight ? InputVariant.Strong : InputVariant.Weak,
                        Repetition = 0,
                        InputsRight = inputsRight,
                        RightCandidates = 0,
                        Candidates = 0,
                    },
                    new Outcome
                    {
                        Failed = failed,
                        Score = failed ? null : inputsRight && isRight(i) ? 1 : 0,
                        Latency = TimeSpan.FromSeconds(seconds),
                        InputTokens = 10,
                        OutputTokens = (long)(10 * seconds),
                    });
            }
        }
    }

    /// <summary>Drafts under several settings, and a check under one. All settings fail on the hard cases first.</summary>
    public static List<ProfiledOutcome> Outcomes(int cases, (double Seconds, double Accuracy)[] drafts, int seed = 1)
    {
        var random = new Random(seed);
        var hard = Enumerable.Range(0, cases).Select(_ => random.NextDouble()).ToArray();
        return
        [
            .. drafts.SelectMany((draft, i) => Of("Draft", At(i), cases, draft.Seconds, one => hard[one] < draft.Accuracy)),
            .. Of("Check", At(0), cases, 1, _ => true),
        ];
    }

    /// <summary>The hypervolume of the frontier that some outcomes make, estimated on all.</summary>
    public static double Volume(List<ProfiledOutcome> outcomes, List<ProfiledOutcome> all)
    {
        var profile = RacePool.ProfileOf(Graph, outcomes, Settings, []);
        var proxy = new PairedProxy(RacePool.ProfileOf(Graph, all, Settings, []).Recorded!, Schedule.Parallel);
        var (volume, best, most) = (0.0, 0.0, 6.1);
        foreach (var estimate in FlowCompiler.Compile(profile, new CompileOptions { KeepAll = true }).Plan.Configurations
            .Select(one => proxy.Estimate(new WorkflowConfiguration(one.Id, one.Structure, one.Settings))).OrderBy(one => one.LatencySeconds))
        {
            volume += Math.Max(0, estimate.Accuracy - best) * (most - estimate.LatencySeconds);
            best = Math.Max(best, estimate.Accuracy);
        }

        return volume;
    }
}
