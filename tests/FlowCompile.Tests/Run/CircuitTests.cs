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
