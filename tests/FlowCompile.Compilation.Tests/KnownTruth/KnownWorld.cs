using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests.KnownTruth;

/// <summary>
/// Draws profiles from a world where it is known how often every configuration is right. Each setting is called once on each case with such inputs, and takes as long on
/// all. A case is right or wrong by a toss of its own, given how hard it is.
/// </summary>
/// <param name="kind">The world.</param>
internal sealed class KnownWorld(KnownWorldKind kind)
{
    private const double HardShare = 0.3;
    private const int ManySettings = 40;
    private const int FewSettings = 8;

    private readonly WorkflowGraph _graph = kind == KnownWorldKind.Hard
        ? new WorkflowGraph("hard", [Agent("First"), Agent("Second", "First")], "Second")
        : new WorkflowGraph("one", [Agent("Only")], "Only");

    /// <summary>A profile.</summary>
    /// <param name="cases">How many cases it has.</param>
    /// <param name="seed">What to draw with.</param>
    public ProfileTable Draw(int cases, int seed)
    {
        var random = new Random(seed);
        bool[] isHard = [.. Enumerable.Range(0, cases).Select(_ => kind == KnownWorldKind.Hard && random.NextDouble() < HardShare)];
        var rows = new List<(int Node, Setting Setting, double Cost, IReadOnlyCollection<RecordedCall> Calls)>();
        for (var node = 0; node < _graph.Nodes.Count; node++)
        {
            for (var setting = 0; setting < (kind == KnownWorldKind.Hard ? FewSettings : ManySettings); setting++)
            {
                var seconds = SecondsOf(node, setting);
                List<RecordedCall> calls = [.. isHard.Select((hard, one) => new RecordedCall(one, InputState.Right, random.NextDouble() < RightOf(setting, hard) ? 1 : 0, seconds))];
                if (node > 0)
                {
                    calls.AddRange(isHard.Select((_, one) => new RecordedCall(one, InputState.Wrong, 0, seconds)));
                }

                rows.Add((node, new Setting("m", setting), 0, calls));
            }
        }

        return new ProfileTable(_graph, rows.GroupBy(row => row.Node).ToDictionary(group => _graph.Nodes[group.Key].Name, group => (IReadOnlyList<SettingProfile>)
            [.. group.Select(row => new SettingProfile(row.Setting, row.Calls.Where(call => call.State.AllRight).Average(call => call.Score), SecondsOf(row.Node, row.Setting.Budget), 0, cases))]))
        {
            Recorded = new RecordedOutcomes(_graph, cases, rows),
        };
    }

    /// <summary>How probably a configuration is right on a case that nobody has seen.</summary>
    public double TruthOf(WorkflowConfiguration configuration)
    {
        return kind == KnownWorldKind.Hard ? (HardShare * Of(true)) + ((1 - HardShare) * Of(false)) : Of(false);

        double Of(bool isHard) => configuration.Settings.Aggregate(1.0, (product, settings) => product * RightOf(settings!.Value.First.Budget, isHard));
    }

    private double RightOf(int setting, bool isHard) => kind switch
    {
        KnownWorldKind.Equal => 0.7,
        KnownWorldKind.Gradient => 0.5 + (0.38 * setting / (ManySettings - 1)),
        _ when isHard => 0.15 + (0.05 * setting),
        _ => 0.75 + (0.03 * setting),
    };

    // No two configurations of the chain take as long.
    private static double SecondsOf(int node, int setting) => (node == 0 ? 1 : 1.13) * (1 + setting);

    private static GraphNode Agent(string name, params string[] upstreams) => new(
        name, NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("input", "string"), .. upstreams.Select(one => GraphInput.FromUpstream(one, "string", one))]);
}
