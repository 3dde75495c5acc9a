using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

/// <summary>Runs with a deadline under a clock that the models move, against trying every configuration.</summary>
public class DeadlineTests
{
    private static readonly string[] s_models = ["a", "b", "c"];

    [Fact]
    public async Task RunIsLate_OnlyWhereEveryConfigurationWouldBe()
    {
        var random = new Random(21);
        var (inTime, late, reserved) = (0, 0, 0);
        for (var round = 0; round < 600; round++)
        {
            using var time = new ManualTime();
            var timed = new TimedPlan(random, s_models);
            var preference = Preference.Weighted(random.NextDouble());
            var deadline = random.Next(5, 160) + 0.5;

            var result = await timed.RunAsync(time, preference, deadline, (node, model, _, _) => Take(time, timed.Of(node, model)));

            var quickest = timed.Plan.Configurations.Min(timed.Total);
            Assert.Equal(quickest > deadline, result.IsLate);
            Assert.Equal(result.IsLate, result.Elapsed.TotalMilliseconds > deadline);
            if (result.IsLate)
            {
                late++;
                Assert.Equal(quickest, result.Elapsed.TotalMilliseconds);
                continue;
            }

            inTime++;
            var first = result.Reroutes.Count == 0 ? result.Configuration : result.Reroutes[0].From;
            var makes = timed.Plan.Configurations.Where(one => timed.Total(one) <= deadline).ToList();
            var safe = makes.Where(one => HasFallback(timed, one, deadline)).ToList();
            reserved += safe.Count > 0 && safe.Count < makes.Count ? 1 : 0;
            Assert.Equal(Best(timed.Plan, preference, safe.Count > 0 ? safe : makes).Id, first.Id);
        }

        Assert.True(inTime > 200 && late > 50 && reserved > 20, $"{inTime} in time, {late} late, {reserved} with a choice of safety.");
    }

    [Fact]
    public async Task CallThatTakesLonger_IsMadeUpForByTheOthers_WhereThatCanBe()
    {
        var random = new Random(22);
        var (moved, lost) = (0, 0);
        for (var round = 0; round < 600; round++)
        {
            using var time = new ManualTime();
            var timed = new TimedPlan(random, s_models);
            var slow = random.Next(5, 60);
            var deadline = random.Next(40, 200) + 0.5;
            var asked = (Node: 0, Model: "");

            var result = await timed.RunAsync(time, Preference.Weighted(random.NextDouble()), deadline, (node, model, before, _) =>
            {
                asked = before == 0 ? (node, model) : asked;
                return Take(time, timed.Of(node, model) + (before == 0 ? slow : 0));
            });

            // After the first call the rest goes as planned. What it did counts where it is needed as it is, and was made once.
            var first = result.Reroutes.Count == 0 ? result.Configuration : result.Reroutes[0].From;
            var spent = timed.Of(asked.Node, asked.Model) + slow;
            var could = timed.Plan.Configurations.Any(one =>
                spent + timed.Total(one) - (Keeps(one) ? timed.Of(asked.Node, asked.Model) : 0) <= deadline);
            Assert.True(!could || !result.IsLate, $"Round {round}: a configuration could have made it.");
            moved += result.Reroutes.Count > 0 && !result.IsLate ? 1 : 0;
            lost += result.IsLate ? 1 : 0;
            Assert.All(result.Reroutes, reroute => Assert.Equal("it is better for the deadline", reroute.Reason));

            bool Keeps(WorkflowConfiguration one) =>
                one.Settings[asked.Node]?.First.Model == asked.Model && one.Structure.Counts[asked.Node] == 1 && first.Structure.Counts[asked.Node] == 1;
        }

        Assert.True(moved > 30 && lost > 30, $"{moved} moved, {lost} were late.");
    }

    [Fact]
    public async Task FirstModelThatFails_StillLeavesTimeForAnother_WhereThatWasReserved()
    {
        var random = new Random(23);
        var rescued = 0;
        for (var round = 0; round < 600; round++)
        {
            using var time = new ManualTime();
            var timed = new TimedPlan(random, s_models);
            var preference = Preference.Weighted(random.NextDouble());
            var deadline = random.Next(20, 200) + 0.5;
            var hangs = random.Next(2) == 0;
            var failing = "";
            var run = timed.RunAsync(time, preference, deadline, (node, model, before, token) =>
            {
                failing = before == 0 ? model : failing;
                if (model != failing)
                {
                    return Take(time, timed.Of(node, model));
                }

                // It fails at the end of its time, or does not answer until it is given up.
                for (var i = 0; hangs ? !token.IsCancellationRequested && i < 10_000 : i < 2 * timed.Of(node, model); i++)
                {
                    time.Advance(TimeSpan.FromMilliseconds(0.5));
                }

                token.ThrowIfCancellationRequested();
                throw new HttpRequestException("down");
            });

            var makes = timed.Plan.Configurations.Where(one => timed.Total(one) <= deadline).ToList();
            if (makes.Where(one => HasFallback(timed, one, deadline)).ToList() is { Count: > 0 } safe && timed.Models.Length > 1)
            {
                rescued++;
                var result = await run;
                Assert.False(result.IsLate, $"Round {round}: it took {result.Elapsed.TotalMilliseconds} ms of {deadline}.");
                Assert.DoesNotContain(result.Configuration.Settings, settings => settings is { } own && own.Uses(failing));
                Assert.Equal(Best(timed.Plan, preference, safe).Id, result.Reroutes[0].From.Id);
                Assert.NotEmpty(result.Failures);
            }
            else
            {
                await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }

        Assert.True(rescued > 100, $"Only {rescued} runs had time for a fallback.");
    }

    [Fact]
    public async Task ParallelBranchesThatTookLonger_LeaveAQuickerSelector()
    {
        using var time = new ManualTime();
        using var gate = new GatedModel();
        var plan = Plans.Of(
            "DetailedSolver=nano@0 GenerateSolver=nano@0 Select=nano@0", "DetailedSolver=nano@0 GenerateSolver=nano@0 Select=mini@0");
        plan = new WorkflowPlan("math", plan.GraphHash, "independent", "parallel", plan.Configurations, provenance: null)
        {
            Cells = [Cell("DetailedSolver", "nano", 2), Cell("GenerateSolver", "nano", 2), Cell("Select", "nano", 1), Cell("Select", "mini", 3)],
        };
        var workflow = new MathWorkflow { Models = gate.Catalog, Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0 } };
        var run = workflow.RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan, Deadline = TimeSpan.FromSeconds(5.5) });
        await gate.AskedAsync(2);
        time.Advance(TimeSpan.FromSeconds(4));
        gate.Release("[detail]", "1");
        gate.Release("[solve]", "1");
        await gate.AskedAsync(1);
        time.Advance(TimeSpan.FromSeconds(1));
        gate.Release("[select]", "1");

        var result = await run;
        Assert.Equal(("c01", false), (result.Configuration.Id, result.IsLate));
        var reroute = Assert.Single(result.Reroutes);
        Assert.Equal(("c02", "DetailedSolver GenerateSolver"), (reroute.From.Id, string.Join(' ', reroute.Kept)));
        Assert.Equal(3, result.Calls.Count);
        Assert.Equal(0, gate.Model.Running);
    }

    [Fact]
    public async Task RetryThatWouldTakeTheTimeOfTheFallback_IsNotMade()
    {
        using var time = new ManualTime();
        var models = new NamedModels((model, _, _, _) => model == "b" ? throw new HttpRequestException("down") : Task.FromResult(Take(time, 1000)));
        var plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0");
        plan = new WorkflowPlan("math", plan.GraphHash, "independent", "parallel", plan.Configurations, provenance: null)
        {
            Cells = [Cell("DetailedSolver", "a", 1), Cell("DetailedSolver", "b", 2)],
        };
        var workflow = new MathWorkflow { Models = models.Catalog("a", "b"), Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 5 } };

        var result = await workflow.RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan, Deadline = TimeSpan.FromSeconds(3.1) });

        Assert.Equal(["b", "a"], models.Asked.Select(asked => asked.Model));
        Assert.False(result.IsLate);
    }

    [Fact]
    public async Task HedgeOfACallThatHangs_IsGivenUpWithIt()
    {
        using var time = new ManualTime();
        using var hung = new HeldModel();
        using var models = new ModelCatalog().Add("a", new FakeModel(_ => "1")).Add("b", hung.Client);
        var plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0").WithCells(Cell("DetailedSolver", "a", 1), Cell("DetailedSolver", "b", 2));
        var runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, Hedging = HedgePolicy.After(TimeSpan.FromSeconds(1)) };
        var run = new MathWorkflow { Models = models, Runtime = runtime }
            .RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan, Deadline = TimeSpan.FromSeconds(3.1) });
        await hung.AskedAsync(1);
        await time.TimerSetAsync();
        await time.TimerSetAsync(); // the call's limit and the hedge
        time.Advance(TimeSpan.FromSeconds(1));
        await hung.AskedAsync(1);

        time.Advance(TimeSpan.FromSeconds(1.1));

        var result = await run.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(("c01", false), (result.Configuration.Id, result.IsLate));
        Assert.Equal(0, hung.Client.Running);
        Assert.Single(result.Reroutes);
    }

    [Fact]
    public async Task PlanWithoutCells_IsReckonedWithAsAWhole()
    {
        using var time = new ManualTime();
        var models = new NamedModels((model, _, _, _) => Task.FromResult(Take(time, 100)));
        var workflow = new MathWorkflow { Models = models.Catalog("a"), Runtime = new WorkflowRuntime { TimeProvider = time } };
        var plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=a@0", "DetailedSolver=a@0"); // 100, 200 and 300 ms

        Assert.Equal("c02", (await RunAsync(299)).Configuration.Id);
        Assert.Equal("c03", (await RunAsync(301)).Configuration.Id);
        Assert.True((await RunAsync(99)).IsLate);

        Task<WorkflowResult<string>> RunAsync(int milliseconds) =>
            workflow.RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan, Deadline = TimeSpan.FromMilliseconds(milliseconds) });
    }

    [Fact]
    public async Task DeadlineThatNoTimerCanTake_IsADeadlineAllTheSame()
    {
        using var time = new ManualTime();
        var models = new NamedModels((_, _, _, _) => Task.FromResult(Take(time, 100)));
        var workflow = new MathWorkflow { Models = models.Catalog("a", "b"), Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0 } };
        foreach (var deadline in new[] { TimeSpan.MaxValue, TimeSpan.FromDays(60) })
        {
            var options = new RunOptions { Plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0"), Deadline = deadline };
            var result = await workflow.RunAsync("x", Preference.MostAccurate, options);
            Assert.Equal(("c02", false), (result.Configuration.Id, result.IsLate));
        }
    }

    [Fact]
    public void DeadlineThatIsNotAboveZero_IsRefused()
    {
        foreach (var deadline in new[] { TimeSpan.Zero, TimeSpan.MinValue, Timeout.InfiniteTimeSpan })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new RunOptions { Deadline = deadline });
        }
    }

    private static PlanCell Cell(string node, string model, double seconds) => new(node, new Setting(model, 0), seconds);

    private static string Take(ManualTime time, int milliseconds)
    {
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return "1";
    }

    /// <summary>Whether, should the first call fail at its end, a configuration without its model makes it.</summary>
    private static bool HasFallback(TimedPlan timed, WorkflowConfiguration configuration, double deadline)
    {
        var first = TimedPlan.Graph.Order.First(node => configuration.Settings[node] is not null);
        var model = configuration.Settings[first]!.Value.First.Model;
        var stage = timed.Of(first, model) * configuration.Structure.Counts[first];
        return timed.Plan.Configurations.Any(other => !other.Settings.Any(settings => settings is { } own && own.Uses(model)) && stage + timed.Total(other) <= deadline);
    }

    private static WorkflowConfiguration Best(WorkflowPlan plan, Preference preference, List<WorkflowConfiguration> among) =>
        plan.SelectAmong(preference, [.. plan.Configurations.Select(among.Contains)])!;
}
