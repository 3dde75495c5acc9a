using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

public class CircuitTests
{
    [Fact]
    public async Task ModelThatKeepsFailing_IsAvoidedByAllRuns_ProbedOnceAndTakenBack()
    {
        using var time = new ManualTime();
        using var log = new KeptLog();
        var isDown = true;
        var models = new NamedModels((model, _, _, _) => model == "b" && isDown ? throw new HttpRequestException("down") : Task.FromResult("1"));
        var workflow = new MathWorkflow
        {
            Models = models.Catalog("a", "b"),
            Runtime = new WorkflowRuntime { TimeProvider = time, Logger = log.Logger, Retries = 0, FailuresToBreak = 3, BreakDuration = TimeSpan.FromSeconds(10) },
        };
        var options = new RunOptions { Plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0") };

        // Three runs find out for themselves; after that none asks b any more.
        Assert.Equal(["b", "a", "b", "a", "b", "a", "a", "a"], await AskedAsync(5));
        var avoided = await workflow.RunAsync("x", Preference.MostAccurate, options);
        Assert.Equal("the model b failed in earlier runs", Assert.Single(avoided.Reroutes).Reason);
        Assert.Empty(avoided.Failures);

        // After the break one run probes it, and its failure begins another break.
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["b", "a", "a"], await AskedAsync(2));

        // The next probe succeeds.
        isDown = false;
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["b", "b"], await AskedAsync(2));
        Assert.Contains("Error: The model 'b' failed 3 times in a row: runs by preference avoid it for 00:00:10.", log.Lines);
        Assert.Contains("Information: The model 'b' answers again.", log.Lines);

        async Task<List<string>> AskedAsync(int runs)
        {
            models.Asked.Clear();
            for (var i = 0; i < runs; i++)
            {
                await workflow.RunAsync("x", Preference.MostAccurate, options);
            }

            return [.. models.Asked.Select(asked => asked.Model)];
        }
    }

    [Fact]
    public async Task ModelOfSeveralSubAgents_IsProbedAsThatOfOne()
    {
        using var time = new ManualTime();
        var isDown = true;
        var models = new NamedModels((model, _, _, _) => model == "b" && isDown ? throw new HttpRequestException("down") : Task.FromResult("1"));
        var workflow = new MathWorkflow
        {
            Models = models.Catalog("a", "b"),
            Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, FailuresToBreak = 1 },
        };
        var options = new RunOptions { Plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0 GenerateSolver*1=b@0 Select=b@0") };
        await workflow.RunAsync("x", Preference.MostAccurate, options);
        Assert.Equal("c01", (await workflow.RunAsync("x", Preference.MostAccurate, options)).Configuration.Id);

        isDown = false;
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("c02", (await workflow.RunAsync("x", Preference.MostAccurate, options)).Configuration.Id);
    }

    [Fact]
    public async Task RunsWithADeadline_AvoidAndProbeAsOthersDo()
    {
        using var time = new ManualTime();
        using var log = new KeptLog();
        var isDown = true;
        var models = new NamedModels((model, _, _, _) => model == "b" && isDown ? throw new HttpRequestException("down") : Task.FromResult("1"));
        var workflow = new MathWorkflow
        {
            Models = models.Catalog("a", "b"),
            Runtime = new WorkflowRuntime { TimeProvider = time, Logger = log.Logger, Retries = 0, FailuresToBreak = 1 },
        };
        var options = new RunOptions { Plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0 GenerateSolver*1=b@0 Select=b@0"), Deadline = TimeSpan.FromMinutes(1) };
        await RunAsync();

        var avoided = await RunAsync();
        Assert.Equal(("c01", "the model b failed in earlier runs"), (avoided.Configuration.Id, Assert.Single(avoided.Reroutes).Reason));
        Assert.Empty(avoided.Failures);
        Assert.Equal("Warning: Workflow 'math' moves from c02 to c01: the model b failed in earlier runs.", log.Lines[^1]);

        isDown = false;
        time.Advance(TimeSpan.FromSeconds(30));
        var probe = await RunAsync();
        Assert.Equal("c02", probe.Configuration.Id);
        Assert.Empty(probe.Reroutes);
        Assert.Equal("c02", (await RunAsync()).Configuration.Id);

        Task<WorkflowResult<string>> RunAsync() => workflow.RunAsync("x", Preference.MostAccurate, options);
    }

    [Fact]
    public async Task ProbeThatIsUnderWay_KeepsOthersAway()
    {
        using var time = new ManualTime();
        using var gate = new GatedModel();
        var isDown = true;
        using var flaky = new FakeModel((prompt, token) => isDown ? throw new HttpRequestException("down") : gate.Model.GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, prompt)], cancellationToken: token).ContinueWith(task => task.Result.Text, TaskScheduler.Default));
        using var models = new ModelCatalog().Add("a", new FakeModel(_ => "1")).Add("b", flaky);
        var workflow = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, FailuresToBreak = 1 } };
        var options = new RunOptions { Plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0") };
        await workflow.RunAsync("x", Preference.MostAccurate, options);
        isDown = false;
        time.Advance(TimeSpan.FromSeconds(30));

        var probe = workflow.RunAsync("x", Preference.MostAccurate, options);
        await gate.AskedAsync(1);
        Assert.Equal("c01", (await workflow.RunAsync("x", Preference.MostAccurate, options)).Configuration.Id);

        gate.Release("[detail]", "2");
        Assert.Equal("c02", (await probe).Configuration.Id);
        Assert.Equal("c02", (await workflow.RunAsync("x", Preference.MostAccurate, options)).Configuration.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MoveAfterAFailure_ProbesOnce(bool hasDeadline)
    {
        using var time = new ManualTime();
        using var held = new HeldModel();
        var isDown = true;
        using var models = new ModelCatalog()
            .Add("a", new FakeModel(_ => "1"))
            .Add("b", new FakeModel((prompt, token) => isDown ? throw new HttpRequestException("down") : held.AnswerAsync(prompt, token)))
            .Add("c", new FakeModel((_, _) => Task.FromException<string>(new HttpRequestException("gone"))));
        var workflow = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, FailuresToBreak = 1 } };
        await workflow.RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0") });
        isDown = false;
        time.Advance(TimeSpan.FromSeconds(30));
        var options = new RunOptions
        {
            Plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0", "DetailedSolver=c@0"),
            Deadline = hasDeadline ? TimeSpan.FromMinutes(1) : null,
        };
        var other = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, FailuresToBreak = 9 } };

        var probe = other.RunAsync("x", Preference.MostAccurate, options);
        await held.AskedAsync(1);
        Assert.Equal("c01", (await other.RunAsync("x", Preference.MostAccurate, options)).Configuration.Id);

        held.Answer("[detail]", 0, "2");
        Assert.Equal("c02", (await probe).Configuration.Id);
        Assert.False(models.HasOpenCircuit);
    }

    [Fact]
    public async Task MoveForADeadline_ProbesOnce_AndKeepsItsProbe()
    {
        using var time = new ManualTime();
        using var held = new HeldModel();
        var isDown = true;
        using var models = new ModelCatalog()
            .Add("a", held.Client)
            .Add("b", new FakeModel((prompt, token) => isDown ? throw new HttpRequestException("down") : held.AnswerAsync(prompt, token)))
            .Add("c", new FakeModel(_ => "1"));
        var workflow = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, FailuresToBreak = 1 } };
        await workflow.RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = Plans.Of("DetailedSolver=c@0", "DetailedSolver=b@0") });
        isDown = false;
        time.Advance(TimeSpan.FromSeconds(30));
        var plan = Plans.Of("Programmer=a@0 RefineSolver=a@0", "Programmer=a@0 RefineSolver=b@0").WithCells(
            new PlanCell("Programmer", new Setting("a", 0), 3), new PlanCell("RefineSolver", new Setting("a", 0), 1), new PlanCell("RefineSolver", new Setting("b", 0), 2));
        var options = new RunOptions { Plan = plan, Deadline = TimeSpan.FromSeconds(4.5) };

        // Both are done with the program sooner than planned, so that there is time for b.
        var runs = new[] { workflow.RunAsync("x", Preference.MostAccurate, options), workflow.RunAsync("x", Preference.MostAccurate, options) };
        await held.AskedAsync(2);
        time.Advance(TimeSpan.FromSeconds(1));
        held.Answer("[program]", 0, "2");
        held.Answer("[program]", 1, "2");
        await held.AskedAsync(2);
        held.Answer("[refine]", 0, "2");
        held.Answer("[refine]", 1, "2");

        var results = await Task.WhenAll(runs);
        Assert.Equal(["c01", "c02"], results.Select(result => result.Configuration.Id).Order(StringComparer.Ordinal));
        Assert.Single(results.SelectMany(result => result.Reroutes));
        Assert.All(results, result => Assert.Empty(result.Failures));
        Assert.False(models.HasOpenCircuit);
    }

    [Fact]
    public async Task ModelWithoutAlternative_IsTriedAllTheSame()
    {
        var models = new NamedModels((_, _, before, _) => before == 0 ? throw new HttpRequestException("down") : Task.FromResult("1"));
        var workflow = new MathWorkflow { Models = models.Catalog("b"), Runtime = new WorkflowRuntime { Retries = 0, FailuresToBreak = 1 } };
        var options = new RunOptions { Plan = Plans.Of("DetailedSolver=b@0") };
        await Assert.ThrowsAsync<WorkflowException>(() => workflow.RunAsync("x", Preference.Fastest, options));

        Assert.Equal("1", (await workflow.RunAsync("x", Preference.Fastest, options)).Output);
    }
}
