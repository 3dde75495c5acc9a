using System.Collections.Concurrent;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Agreeing;
using FlowCompile.Tests.Run.Golden.Code;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

/// <summary>
/// Moves in the midst of everything else: branches, repair loops, optional nodes, replicas, lists that end early, masks, deadlines, hedges and
/// readers of the output. Whatever a run went through, it gives what its last configuration gives by itself.
/// </summary>
public sealed class MixedRunTests
{
    private static readonly string[] s_models = ["a", "b", "c"];

    [Fact]
    public async Task Math_GivesWhatItsLastConfigurationGives() => Assert.InRange(await CompareAsync<MathWorkflow>(rounds: 1000, ["ann has 2 books"]), 50, 2000);

    [Fact]
    public async Task Code_GivesWhatItsLastConfigurationGives() => Assert.InRange(
        await CompareAsync<CodeWorkflow>(rounds: 900, ["an easy task", "1"], ["a hard task", "1"], ["another easy one", "2"], ["hard again", "0"]), 50, 2000);

    [Fact]
    public async Task Vote_ChoosesAmongCandidatesOfItsLastConfiguration_EachCalledOnce()
    {
        var (moved, ended) = (0, 0);
        for (var round = 0; round < 1500; round++) // how many moves they bring depends on what else the machine does: 900 once brought 147
        {
            var random = new Random(round);
            var plan = RandomPlan(VoteWorkflow.Graph, random);
            var lists = new ConcurrentQueue<string>();
            var models = new ErraticModels(round, failing: round % 4 * 8, (model, prompt, roll) =>
            {
                if (prompt.StartsWith("[choose]", StringComparison.Ordinal))
                {
                    lists.Enqueue(prompt["[choose] ".Length..]);
                }

                // Equal but for the spaces, which say whose it is.
                return $"{roll % 2}{new string(' ', model[0] - 'a')}";
            });
            using var catalog = models.Catalog();
            var workflow = new VoteWorkflow { Models = catalog, Runtime = Runtime(random) };

            var options = Options(plan, random);
            var result = await EndAsync(workflow.RunAsync("x", Preference.Weighted(random.NextDouble()), options), options, models);

            Assert.Equal(0, models.Running);
            if (result is null)
            {
                continue;
            }

            moved += result.Reroutes.Count(reroute => reroute.From != reroute.To);
            ended += result.Agreements.Count;
            var own = new[] { 1, 2 }.SelectMany(node => result.Configuration.Settings[node]!.Value.Models.Select(model => model[0] - 'a')).ToHashSet();
            var candidates = lists.Last().Split('|');
            Assert.All(candidates, candidate => Assert.Contains(candidate.Length - 1, own));
            Assert.InRange(candidates.Length, 2, 1 + result.Configuration.Structure.Counts[2]);

            // A run that came back to a setting by two moves, or made a call a second time itself, may have it twice. So may one whose call was answered
            // just as its list ended, and was stopped before the answer was handed on. Replicas that differ are kept together or not at all.
            if (result.Reroutes.Count < 2 && workflow.Runtime.Hedging is null && result.Reroutes.All(reroute => IsUniform(reroute.From) && IsUniform(reroute.To)))
            {
                Assert.All(
                    result.Calls.Where(call => call.Node == "Draft").GroupBy(call => (call.Replica, call.Setting)), same => Assert.InRange(same.Count(), 1, 1 + result.Agreements.Count));
            }
        }

        static bool IsUniform(WorkflowConfiguration one) => one.Settings[VoteWorkflow.Graph.IndexOf("Draft")] is not { IsUniform: false };

        Assert.True(moved > 150 && ended > 150, $"{moved} moves, {ended} lists that ended early.");
    }

    private static async Task<int> CompareAsync<T>(int rounds, params string[][] inputs)
        where T : IWorkflow
    {
        var descriptor = T.Descriptor;
        var moved = 0;
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(round);
            var plan = RandomPlan(descriptor.Graph, random);
            var input = inputs[random.Next(inputs.Length)];
            var models = new ErraticModels(round, failing: round % 4 * 5, Answer);
            using var catalog = models.Catalog();
            var options = Options(plan, random);
            var run = RunAsync(catalog, input, Preference.Weighted(random.NextDouble()), Runtime(random), options, streams: round % 4 == 0);
            var result = await EndAsync(run, options, models);

            Assert.Equal(0, models.Running);
            if (result is null)
            {
                continue;
            }

            moved += result.Reroutes.Count;
            var sound = new ErraticModels(round, failing: 0, Answer);
            using var others = sound.Catalog();
            var alone = await descriptor.RunAsync(
                descriptor.CreateWorkflow(others), input, result.Configuration, new RunOptions { Seed = options.Seed }, CancellationToken.None);
            Assert.Equal(alone.Output, result.Output);
            Assert.DoesNotContain(result.Configuration.Settings, settings => settings is { } own && own.Models.Any(options.DeniedModels.Contains));
        }

        return moved;

        static string Answer(string model, string prompt, int roll) => $"{model}{RunSeeds.OfName(prompt) % 5}";
    }

    private static async Task<WorkflowResult<string>> RunAsync(
        ModelCatalog models, string[] input, Preference preference, WorkflowRuntime runtime, RunOptions options, bool streams)
    {
        if (!streams)
        {
            return await (input.Length == 1
                ? new MathWorkflow { Models = models, Runtime = runtime }.RunAsync(input[0], preference, options)
                : new CodeWorkflow { Models = models, Runtime = runtime }.RunAsync(input[0], input[1], preference, options));
        }

        var stream = input.Length == 1
            ? new MathWorkflow { Models = models, Runtime = runtime }.RunStreamingAsync(input[0], preference, options)
            : new CodeWorkflow { Models = models, Runtime = runtime }.RunStreamingAsync(input[0], input[1], preference, options);
        List<string> texts = [];
        await foreach (var update in stream)
        {
            texts.Add(update.Text);
        }

        Assert.Equal(stream.Result.Output, string.Concat(texts));
        return stream.Result;
    }

    /// <summary>The result; nothing where the run failed, which it may only where every configuration needs a model that failed or is denied.</summary>
    private static async Task<WorkflowResult<string>?> EndAsync(Task<WorkflowResult<string>> run, RunOptions options, ErraticModels models)
    {
        try
        {
            var result = await run;
            // With a deadline a call may also be given up.
            var most = options.Deadline is null ? models.Thrown : int.MaxValue;
            Assert.InRange(result.Reroutes.Count, 0, 4 * options.Plan!.Configurations.Count);
            Assert.InRange(result.Failures.Count, result.Reroutes.Count(reroute => !reroute.Reason.Contains("deadline", StringComparison.Ordinal)), most);
            return result;
        }
        catch (WorkflowException error)
        {
            var avoided = error.Failures.Select(failure => failure.Setting!.Value.Model).Concat(options.DeniedModels).ToHashSet();
            Assert.True(
                error.Message.Contains("after a part of the output was handed on", StringComparison.Ordinal)
                || options.Plan!.Configurations.All(configuration => configuration.Settings.Any(settings => settings is { } own && own.Models.Any(avoided.Contains))),
                error.Message);
            return null;
        }
    }

    private static RunOptions Options(WorkflowPlan plan, Random random) => new()
    {
        Plan = plan,
        Seed = random.Next(),
        Deadline = random.Next(3) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 60)) : null,
        DeniedModels = plan.Configurations.Any(one => one.Settings.All(settings => settings?.Uses("d") != true)) ? ["d"] : [],
    };

    private static WorkflowRuntime Runtime(Random random) => new()
    {
        Retries = random.Next(2),
        RetryDelay = TimeSpan.Zero,
        FailuresToBreak = random.Next(1, 4),
        Hedging = random.Next(3) == 0 ? HedgePolicy.After(TimeSpan.FromTicks(1)) : null,
    };

    /// <summary>A plan of random structures and settings, with what is known of its cells.</summary>
    private static WorkflowPlan RandomPlan(WorkflowGraph graph, Random random)
    {
        var structures = new StructureSpace(graph).Enumerate().ToList();
        string[] names = [.. s_models, "d"];
        var configurations = Enumerable.Range(0, random.Next(2, 9)).Select(i =>
        {
            var structure = structures[random.Next(structures.Count)];
            var (one, other) = (random.Next(20) == 0 ? 3 : random.Next(3), random.Next(3));
            return new WorkflowConfiguration(
                $"c{i + 1:00}",
                structure,
                [.. graph.Nodes.Select((node, n) => node.Kind == NodeKind.SubAgent && structure.IsActive(n)
                    ? SettingsOf(node, structure.Counts[n], new Setting(names[random.Next(3) == 0 ? other : one], 0))
                    : (CallSettings?)null)],
                new Estimate { Accuracy = random.NextDouble(), LatencySeconds = 0.01 * (i + 1) });
        }).ToList();
        return new WorkflowPlan("any", graph.Hash, "independent", "parallel", configurations, provenance: null)
        {
            Cells = [.. graph.Nodes.SelectMany(node => names.Select(name => new PlanCell(node.Name, new Setting(name, 0), random.NextDouble() * 0.02)))],
        };
    }

    // Of several calls half of the time each its own; drawn apart, so that the plans differ in nothing else.
    private static CallSettings SettingsOf(GraphNode node, int calls, Setting setting)
    {
        var random = new Random(setting.Model[0] + (31 * calls) + node.Name.Length);
        Setting[] each = [setting, .. Enumerable.Range(1, calls - 1).Select(_ => new Setting(s_models[random.Next(s_models.Length)], 0))];
        return random.Next(2) == 0 ? setting : node.Repair is null ? CallSettings.ForReplicas(each) : new CallSettings(each);
    }

    /// <summary>Models that fail by chance, at once or a little later, and otherwise answer by what they are asked.</summary>
    private sealed class ErraticModels(int round, int failing, Func<string, string, int, string> answer)
    {
        private readonly Random _chance = new(round);
        private int _running;
        private int _thrown;

        public int Running => Volatile.Read(ref _running);

        public int Thrown => Volatile.Read(ref _thrown);

        public ModelCatalog Catalog() => s_models.Append("d").Aggregate(
            new ModelCatalog(), (catalog, name) => catalog.Add(name, new FakeModel((prompt, token) => AnswerAsync(name, prompt, token))));

        private async Task<string> AnswerAsync(string model, string prompt, CancellationToken cancellationToken)
        {
            int roll;
            lock (_chance)
            {
                roll = _chance.Next(1000);
            }

            Interlocked.Increment(ref _running);
            try
            {
                for (var i = roll % 7; i > 3; i--)
                {
                    await Task.Yield();
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (roll / 10 < failing)
                {
                    Interlocked.Increment(ref _thrown);
                    throw new HttpRequestException("down");
                }

                return answer(model, prompt, roll);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }
    }
}
