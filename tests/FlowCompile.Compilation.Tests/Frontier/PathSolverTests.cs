using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>Entangled graphs in which everything is required, under the parallel schedule: bounds by what a second is worth, against going through everything.</summary>
public sealed class PathSolverTests
{
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.01)]
    [InlineData(0.001)]
    public void Nothing_is_missed_by_more_than_said_and_what_is_there_can_be_had(double maxLoss)
    {
        var entangled = 0;
        for (var seed = 0; seed < 1500 && entangled < 200; seed++)
        {
            var random = new Random(seed);
            var graph = RandomGraph(random, random.Next(6, 9));
            var rows = graph.Nodes.Select(_ => RandomRows(random, random.Next(2, 4))).ToArray();
            var structure = new StructureSpace(graph).Largest;
            var solver = new FrontierSolver(rows, Schedule.Parallel, Objectives.Accuracy | Objectives.Latency, maxLoss, manyChoices: 1);
            var decomposed = solver.Decompose(structure, CircuitBuilder.Build(graph, structure, BranchProbabilities.Equal));
            if (decomposed.Term is not null)
            {
                continue;
            }

            entangled++;
            var solved = solver.Solve(decomposed, CancellationToken.None);
            Assert.InRange(solved.Front.Loss, 0, maxLoss);
            foreach (var (accuracy, latency) in All(graph, rows))
            {
                Assert.True(
                    solved.Front.Points.Any(point => point.Primary <= latency + Tolerance && point.Accuracy >= accuracy - solved.Front.Loss - Tolerance),
                    $"seed {seed}: {accuracy} in {latency} is missed");
            }

            for (var i = 0; i < solved.Front.Count; i++)
            {
                var settings = solved.SettingsOf(i);
                var (accuracy, latency) = Run(graph, rows, [.. rows.Select((own, node) => own.TakeWhile(row => row.Setting != settings[node]).Count())]);
                Assert.Equal(accuracy, solved.Front[i].Accuracy, Tolerance);
                Assert.Equal(latency, solved.Front[i].Primary, Tolerance);
                Assert.True(i == 0 || (solved.Front[i - 1].Primary < solved.Front[i].Primary && solved.Front[i - 1].Accuracy < solved.Front[i].Accuracy));
            }
        }

        Assert.True(entangled > 100, $"{entangled} graphs are entangled");
    }

    [Theory]
    [InlineData(20, 100)]
    [InlineData(30, 60)]
    [InlineData(12, 30)]
    public void A_ladder_is_compiled_within_the_loss_allowed(int nodes, int settings)
    {
        var random = new Random(5);
        var agents = Enumerable.Range(0, nodes).Select(i =>
            i == 0 ? Agent("N0") : i == 1 ? Agent("N1", From("N0")) : i % 2 == 0 ? Agent($"N{i}", From($"N{i - 2}")) : Agent($"N{i}", From($"N{i - 2}"), From($"N{i - 1}"))).ToList();
        var graph = new WorkflowGraph("ladder", agents, agents[^1].Name);
        var rows = agents.Select(_ => ManyRows(random, settings)).ToArray();
        var profile = new ProfileTable(graph, agents.Select((agent, i) => (agent.Name, i)).ToDictionary(pair => pair.Name, pair => rows[pair.i]));

        var compiled = FlowCompiler.Compile(profile, new CompileOptions { Schedule = Schedule.Parallel });

        Assert.InRange(compiled.AccuracyLoss!.Value, 0, 0.001);
        var proxy = new IndependentProxy(profile, Schedule.Parallel);
        foreach (var one in compiled.Plan.Configurations.Where((_, i) => i % 50 == 0))
        {
            Assert.Equal(proxy.Estimate(one).Accuracy, one.Estimate!.Accuracy, Tolerance);
            Assert.Equal(proxy.Estimate(one).LatencySeconds, one.Estimate.LatencySeconds, Tolerance);
        }

        // What is best where a second has the same price everywhere, and what is near that.
        for (var i = 0; i < 500; i++)
        {
            var price = 0.2 * Math.Exp(-8 * random.NextDouble());
            var choice = rows.Select(own => own.MaxBy(row => Math.Log(row.Accuracy) - (row.LatencySeconds * price * (1 + (0.5 * random.NextDouble() * (i % 3)))))!).ToArray();
            var (accuracy, latency) = Run(graph, rows, [.. rows.Select((own, node) => own.TakeWhile(row => row.Setting != choice[node].Setting).Count())]);
            Assert.Contains(compiled.Plan.Configurations, one => one.Estimate!.LatencySeconds <= latency + Tolerance && one.Estimate.Accuracy >= accuracy - compiled.AccuracyLoss!.Value - Tolerance);
        }
    }

    // Each node takes up to three of those before it, and what nobody takes goes to the last.
    private static WorkflowGraph RandomGraph(Random random, int count)
    {
        var sources = Enumerable.Range(0, count).Select(i => Enumerable.Range(Math.Max(0, i - 4), Math.Min(i, 4)).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Order().ToList()).ToList();
        var taken = sources.SelectMany(list => list).ToHashSet();
        sources[^1] = [.. Enumerable.Range(0, count - 1).Where(i => !taken.Contains(i) || sources[^1].Contains(i))];
        return new WorkflowGraph("random", [.. sources.Select((list, i) => Agent($"N{i}", [.. list.Select(source => From($"N{source}"))]))], $"N{count - 1}");
    }

    // The better ones take longer; some take as long as others elsewhere.
    private static IReadOnlyList<SettingProfile> RandomRows(Random random, int count)
    {
        var (latency, accuracy) = (0.0, 0.2 + (0.3 * random.NextDouble()));
        return [.. Enumerable.Range(0, count).Select(budget =>
        {
            latency += random.Next(1, 5) / 4.0;
            accuracy += (1 - accuracy) * (0.02 + (0.5 * random.NextDouble()));
            return new SettingProfile(new Setting("m", budget), accuracy, latency, 0, 100);
        })];
    }

    private static IReadOnlyList<SettingProfile> ManyRows(Random random, int count) => [.. Enumerable.Range(0, count).Select(budget =>
    {
        var latency = 0.05 * Math.Exp(5 * random.NextDouble());
        return new SettingProfile(new Setting("m", budget), 0.8 + (0.035 * Math.Log(latency / 0.05)) - (0.01 * random.NextDouble()), latency, 0, 100);
    })];

    private static IEnumerable<(double Accuracy, double Latency)> All(WorkflowGraph graph, IReadOnlyList<SettingProfile>[] rows)
    {
        var choice = new int[rows.Length];
        while (true)
        {
            yield return Run(graph, rows, choice);
            var node = 0;
            while (node < choice.Length && ++choice[node] == rows[node].Count)
            {
                choice[node++] = 0;
            }

            if (node == choice.Length)
            {
                yield break;
            }
        }
    }

    private static (double Accuracy, double Latency) Run(WorkflowGraph graph, IReadOnlyList<SettingProfile>[] rows, int[] choice)
    {
        var (accuracy, finish) = (1.0, new double[choice.Length]);
        for (var node = 0; node < choice.Length; node++)
        {
            var row = rows[node][choice[node]];
            accuracy *= row.Accuracy;
            finish[node] = row.LatencySeconds + graph.Nodes[node].Inputs.SelectMany(input => input.Sources).Select(source => finish[graph.IndexOf(source)]).DefaultIfEmpty(0).Max();
        }

        return (accuracy, finish[^1]);
    }
}
