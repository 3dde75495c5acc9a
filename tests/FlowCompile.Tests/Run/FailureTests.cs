using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

public class FailureTests
{
    private static readonly WorkflowRuntime s_noRetries = new() { Retries = 0 };

    [Fact]
    public async Task FailedCall_IsTriedAgain_AndTheTraceSaysSo()
    {
        var models = new NamedModels((_, _, before, _) => before == 0 ? throw new HttpRequestException("503") : Task.FromResult("1"));
        using var log = new KeptLog();
        var runtime = new WorkflowRuntime { RetryDelay = TimeSpan.Zero, Logger = log.Logger };

        var result = await new MathWorkflow { Models = models.Catalog("nano"), Runtime = runtime }.RunAsync("x", Preference.Fastest);

        Assert.Equal("1", result.Output);
        Assert.Equal("'DetailedSolver' under nano@0: 503", Assert.Single(result.Failures).ToString());
        Assert.Empty(result.Reroutes);
        Assert.Equal("Warning: Workflow 'math' under c01: 'DetailedSolver' under nano@0: 503. It is tried again in 00:00:00.", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Retries_WaitTwiceAsLongEachTime()
    {
        using var time = new ManualTime();
        var models = new NamedModels((_, _, before, _) => before < 2 ? throw new HttpRequestException("503") : Task.FromResult("1"));
        var runtime = new WorkflowRuntime { TimeProvider = time, Retries = 2, RetryDelay = TimeSpan.FromSeconds(1) };
        var run = new MathWorkflow { Models = models.Catalog("nano"), Runtime = runtime }.RunAsync("x", Preference.Fastest);

        foreach (var seconds in new[] { 1, 2 })
        {
            await time.TimerSetAsync();
            var before = models.Asked.Count;
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal(before, models.Asked.Count);
            time.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal(2, (await run).Failures.Count);
        Assert.Equal(TimeSpan.FromSeconds(3), (await run).Elapsed);
    }

    [Fact]
    public async Task TimesThatNoTimerCanTake_AreNoLimitToACall_AndTheLongestDelay()
    {
        using var time = new ManualTime();
        var models = new NamedModels((_, _, before, _) => before == 0 ? throw new HttpRequestException("503") : Task.FromResult("1"));
        var runtime = new WorkflowRuntime { TimeProvider = time, CallTimeout = TimeSpan.MaxValue, RetryDelay = TimeSpan.MaxValue };
        var run = new MathWorkflow { Models = models.Catalog("nano"), Runtime = runtime }.RunAsync("x", Preference.Fastest);
        await time.TimerSetAsync();

        time.Advance(TimeSpan.FromDays(50));

        Assert.Equal("503", Assert.Single((await run).Failures).Exception.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallThatAMoveLeftBehind_IsNotTriedAgain_AndItsFailureIsInTheTrace(bool hasDeadline)
    {
        using var gate = new GatedModel();
        using var log = new KeptLog();
        var models = new NamedModels((model, prompt, _, token) => model == "c" ? throw new HttpRequestException("503") : gate.AnswerAsync(prompt, token));
        var options = new RunOptions
        {
            Plan = Plans.Of("DetailedSolver=a@0", "Programmer=c@0 RefineSolver=a@0 DetailedSolver=a@0 GenerateSolver*1=b@0 Select=a@0"),
            Deadline = hasDeadline ? TimeSpan.FromHours(1) : null,
        };
        var runtime = new WorkflowRuntime { RetryDelay = TimeSpan.Zero, Logger = log.Logger };
        var run = new MathWorkflow { Models = models.Catalog("a", "b", "c"), Runtime = runtime }.RunAsync("x", Preference.MostAccurate, options);
        await gate.AskedAsync(2);
        await log.HasAsync("moves from c02 to c01");

        gate.Fail("[solve]", new HttpRequestException("too late"));
        await log.HasAsync("too late");
        gate.Release("[detail]", "7");

        var result = await run;
        Assert.Equal(["DetailedSolver"], Assert.Single(result.Reroutes).Kept);
        Assert.Equal(["503", "503", "too late"], result.Failures.Select(failure => failure.Exception.Message));
        Assert.Single(models.Asked, asked => asked.Model == "b");
    }

    [Fact]
    public async Task FailingModel_IsAvoidedByTheBestConfigurationLeft()
    {
        var models = new NamedModels((model, prompt, _, _) => model == "b" ? throw new HttpRequestException("down") : Task.FromResult(prompt.Split(' ')[0]));
        var plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=c@0", "DetailedSolver=c@16", "DetailedSolver=b@16");
        using var log = new KeptLog();
        var runtime = new WorkflowRuntime { Retries = 0, Logger = log.Logger };

        var result = await new MathWorkflow { Models = models.Catalog("a", "b", "c"), Runtime = runtime }
            .RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan });

        Assert.Equal("c03", result.Configuration.Id);
        var reroute = Assert.Single(result.Reroutes);
        Assert.Equal(("c04", "c03", "'DetailedSolver' under b@16: down"), (reroute.From.Id, reroute.To.Id, reroute.Reason));
        Assert.Contains("Warning: Workflow 'math' moves from c04 to c03: 'DetailedSolver' under b@16: down.", log.Lines);
    }

    [Fact]
    public async Task WhatIsDone_IsNotDoneAgain()
    {
        var models = new NamedModels((model, prompt, _, _) => model == "b" ? throw new HttpRequestException("down") : Task.FromResult(prompt.Split(' ')[0]));

        // The best configuration without b would be c03; c02 agrees with the program and the detailed solver that are done.
        var plan = Plans.Of(
            "DetailedSolver=a@0",
            "Programmer=a@0 RefineSolver=a@0 DetailedSolver=a@0 Select=a@0",
            "Programmer=c@0 RefineSolver=c@0 DetailedSolver=c@0 Select=c@0",
            "Programmer=a@0 RefineSolver=b@0 DetailedSolver=a@0 Select=a@0");

        var result = await new MathWorkflow { Models = models.Catalog("a", "b", "c"), Runtime = s_noRetries }
            .RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan });

        Assert.Equal("c02", result.Configuration.Id);
        Assert.Equal(["Programmer", "DetailedSolver"], Assert.Single(result.Reroutes).Kept);
        Assert.Single(models.Asked, asked => asked.Prompt == "[program]");
        Assert.Single(models.Asked, asked => asked.Prompt == "[detail]");
    }

    [Fact]
    public async Task WhatIsUnderWay_GoesOn()
    {
        using var gate = new GatedModel();
        using var failing = new FakeModel((_, _) => Task.FromException<string>(new HttpRequestException("down")));
        using var models = new ModelCatalog().Add("a", gate.Model).Add("b", failing);
        var plan = Plans.Of("DetailedSolver=a@0 GenerateSolver=a@0 Select=a@0", "DetailedSolver=a@0 GenerateSolver=b@0 Select=a@0");

        var run = new MathWorkflow { Models = models, Runtime = s_noRetries }.RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan });
        await gate.AskedAsync(2);
        Assert.Equal(["[detail] x", "[solve] x"], gate.Model.Asked.Select(asked => asked.Prompt));

        gate.Release("[detail]", "1");
        gate.Release("[solve]", "2");
        gate.Release("[select]", "3");
        var result = await run;
        Assert.Equal(("3", "c01"), (result.Output, result.Configuration.Id));
        Assert.Equal("DetailedSolver", Assert.Single(Assert.Single(result.Reroutes).Kept));
    }

    [Fact]
    public async Task NoConfigurationLeft_IsOneErrorThatNamesEverythingTried()
    {
        var models = new NamedModels((model, _, _, _) => throw new HttpRequestException($"{model} is down"));
        var plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0");

        var error = await Assert.ThrowsAsync<WorkflowException>(() => new MathWorkflow { Models = models.Catalog("a", "b"), Runtime = s_noRetries }
            .RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan }));

        Assert.Equal(
            "Workflow 'math' failed under every configuration that was left to try. c02: 'DetailedSolver' under b@0: b is down; c01: 'DetailedSolver' under a@0: a is down",
            error.Message);
        Assert.Equal(2, error.Failures.Count);
        Assert.Single(error.Reroutes);
    }

    [Fact]
    public async Task GivenConfiguration_IsNotLeft()
    {
        var models = new NamedModels((model, _, _, _) => model == "mini" ? throw new HttpRequestException("down") : Task.FromResult("1"));

        await Assert.ThrowsAsync<WorkflowException>(
            () => new MathWorkflow { Models = models.Catalog("nano", "micro", "mini"), Runtime = s_noRetries }.RunAsync("x", MathWorkflow.Plan.C02));
    }

    [Fact]
    public async Task SubAgentsOwnCode_IsNotTriedAgain_ButAvoided()
    {
        var models = new NamedModels((model, _, _, _) => Task.FromResult<string>(model == "b" ? null! : "1"));
        var plan = Plans.Of("DetailedSolver=b@0", "DetailedSolver=a@0");

        // The observer stands for a sub-agent's code that cannot use what the model said.
        var result = await new MathWorkflow { Models = models.Catalog("a", "b") }
            .RunAsync("x", Preference.Fastest, new RunOptions { Plan = plan, Observer = new Picky() });

        Assert.Equal("c02", result.Configuration.Id);
        Assert.False(Assert.Single(result.Failures).IsModelFailure);
        Assert.Equal(2, models.Asked.Count);
    }

    [Fact]
    public async Task SlowCall_CountsAsFailed()
    {
        using var time = new ManualTime();
        using var gate = new GatedModel();
        var runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, CallTimeout = TimeSpan.FromSeconds(2) };
        var run = new MathWorkflow { Models = gate.Catalog, Runtime = runtime }.RunAsync("x", MathWorkflow.Plan.C01);
        await gate.AskedAsync(1);

        time.Advance(TimeSpan.FromSeconds(2));

        var error = await Assert.ThrowsAsync<WorkflowException>(() => run);
        Assert.Equal("Workflow 'math': 'DetailedSolver' under nano@0 failed: The model 'nano' gave no answer within 2 s.", error.Message);
        Assert.Equal(0, gate.Model.Running);
    }

    [Fact]
    public async Task DeniedModels_AreNotUsed()
    {
        var models = new NamedModels((_, _, _, _) => Task.FromResult("1"));
        var workflow = new MathWorkflow { Models = models.Catalog("nano", "micro", "mini") };
        var denied = new RunOptions { DeniedModels = ["mini"] };

        Assert.Equal("c01", (await workflow.RunAsync("x", Preference.MostAccurate, denied)).Configuration.Id);
        var one = await Assert.ThrowsAsync<WorkflowException>(() => workflow.RunAsync("x", MathWorkflow.Plan.C02, denied));
        Assert.Equal("Workflow 'math': the configuration 'c02' needs the model 'mini', which this run must not use; choose another configuration.", one.Message);
        var limited = await Assert.ThrowsAsync<InfeasiblePreferenceException>(() => workflow.RunAsync("x", Preference.AtLeast(0.9), denied));
        Assert.Equal("No configuration of 'math' that may be used keeps the limit (accuracy at least 0.9). The nearest, c01, has accuracy 0.61, 0.29 too little.", limited.Message);
    }

    /// <summary>A typing error must not run on the very model that was to be kept out; a model of the application that no plan needs is no error.</summary>
    [Fact]
    public async Task DeniedModelThatThereIsNot_IsRefused()
    {
        var models = new NamedModels((_, _, _, _) => Task.FromResult("1"));
        var workflow = new MathWorkflow { Models = models.Catalog("nano", "micro", "mini", "another") };
        var mistyped = new RunOptions { DeniedModels = ["nano", "mimi"] };

        var error = await Assert.ThrowsAsync<WorkflowException>(() => workflow.RunAsync("x", Preference.MostAccurate, mistyped));
        Assert.Equal("Workflow 'math': this run must not use the model 'mimi', which neither its plan nor the models at hand have; did you mean 'mini'?", error.Message);
        await Assert.ThrowsAsync<WorkflowException>(() => workflow.RunAsync("x", MathWorkflow.Plan.C02, mistyped));
        Assert.Equal("c01", (await workflow.RunAsync("x", Preference.MostAccurate, new RunOptions { DeniedModels = ["mini", "another"] })).Configuration.Id);
    }

    /// <summary>A file is refused; a plan that code puts together runs, and the log says so once.</summary>
    [Fact]
    public void PlanWithASettingThatIsNotAllowed_IsNotUsedSilently()
    {
        using var log = new KeptLog();
        var graph = Golden.Code.CodeWorkflow.Graph;
        var structure = new FlowCompile.Graph.StructureSpace(graph).Largest;
        var plan = new WorkflowPlan(graph.Name, graph.Hash, "independent", "parallel",
            [new WorkflowConfiguration("c01", structure, [.. graph.Nodes.Select(node => node.Kind == FlowCompile.Graph.NodeKind.SubAgent ? new Setting("other", 0) : (Setting?)null)], new Estimate { Accuracy = 0.5, LatencySeconds = 1 })], null);
        var run = () => WorkflowRun.Start(
            graph, plan.Configurations[0], null, Preference.Fastest, new NamedModels((_, _, _, _) => Task.FromResult("1")).Catalog("other"),
            new WorkflowRuntime { Logger = log.Logger }, new RunOptions { Plan = plan }, default);

        Assert.Equal("c01", run().Configuration.Id);
        Assert.Equal("c01", run().Configuration.Id);

        Assert.Single(log.Lines, line => line.Contains("has a setting that is not allowed: its configuration 'c01' runs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PlanOfAnotherGraph_IsRefused()
    {
        var models = new NamedModels((_, _, _, _) => Task.FromResult("1"));

        var error = await Assert.ThrowsAsync<WorkflowException>(() => new MathWorkflow { Models = models.Catalog("nano") }
            .RunAsync("x", Preference.Fastest, new RunOptions { Plan = Golden.Code.CodeWorkflow.Plan.Compiled }));

        Assert.Contains("is of another graph ('code'", error.Message, StringComparison.Ordinal);
    }

    private sealed class Picky : INodeObserver
    {
        public void OnOutput(int node, int replica, int attempt, IReadOnlyList<object?> inputs, object? output)
        {
            if (output is not "1")
            {
                throw new FormatException("no number");
            }
        }
    }
}
