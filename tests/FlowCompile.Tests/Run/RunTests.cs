using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

public class RunTests
{
    private static readonly WorkflowConfiguration s_all = MathWorkflow.Plan.C02;
    private static readonly WorkflowRuntime s_noRetries = new() { Retries = 0 };

    [Fact]
    public async Task Nodes_StartAsSoonAsTheirOwnInputsAreThere()
    {
        using var model = new GatedModel();
        var run = new MathWorkflow { Models = model.Catalog }.RunAsync("x", s_all);

        await model.AskedAsync(4);
        Assert.Equal(["[detail] x", "[program] x", "[solve] x", "[solve] x"], model.Model.Asked.Select(asked => asked.Prompt).Order());

        // The refiner needs the program alone: it starts while the others are still at work.
        model.Release("[program]", "1");
        await model.AskedAsync(1);
        Assert.Contains(model.Model.Asked, asked => asked.Prompt == "[refine] x <hint> 1");
        Assert.Equal(4, model.Model.Running);

        model.Release("[detail]", "a");
        model.Release("[solve]", "b");
        model.Release("[refine]", "c");
        await model.AskedAsync(1);
        model.Release("[select]", "done");
        Assert.Equal("done", (await run).Output);
    }

    [Fact]
    public async Task SequentialRun_CallsOneAfterAnother()
    {
        var running = 0;
        var most = 0;
        var model = new FakeModel(async (prompt, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return prompt.Split(' ')[0];
        });

        await new MathWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", s_all, new RunOptions { Sequential = true });

        Assert.Equal(1, most);
        Assert.Equal(
            ["[program]", "[refine]", "[detail]", "[solve]", "[solve]", "[select]"], model.Asked.Select(asked => asked.Prompt.Split(' ')[0]));
    }

    [Fact]
    public async Task Cancellation_ReachesEveryCall()
    {
        using var model = new GatedModel();
        using var caller = new CancellationTokenSource();
        var run = new MathWorkflow { Models = model.Catalog }.RunAsync("x", s_all, cancellationToken: caller.Token);
        await model.AskedAsync(4);

        await caller.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(caller.Token, error.CancellationToken);
        Assert.Equal(0, model.Model.Running);
    }

    /// <summary>Clients may change the options they are given: no later call sees what one did.</summary>
    [Fact]
    public async Task Options_AreOfOneCallAlone()
    {
        var seen = new List<(int? Budget, int Properties, float? Temperature, int? MaxOutputTokens)>();
        var changes = 0;
        using var model = new OptionsModel(options =>
        {
            seen.Add((options.GetReasoningBudget(), options.AdditionalProperties!.Count, options.Temperature, options.MaxOutputTokens));
            options.MaxOutputTokens = 1;
            options.Temperature = 2;
            switch (changes++ % 4)
            {
                case 0:
                    options.AdditionalProperties["more"] = 1;
                    break;
                case 1:
                    options.SetReasoningBudget(12345);
                    break;
                case 2:
                    options.AdditionalProperties.Clear();
                    break;
            }
        });
        var workflow = new MathWorkflow { Models = FakeModel.Catalog(model) };
        for (var run = 0; run < 10; run++)
        {
            await workflow.RunAsync("x", s_all);
        }

        (int?, int, float?, int?)[] first = [.. seen.Take(6)];
        Assert.Equal(60, seen.Count);
        Assert.All(seen, (one, i) => Assert.Equal(first[i % 6], one));
        Assert.All(first, one => Assert.True(one is (not 12345, 1, not 2, null)));
    }

    [Fact]
    public async Task CanceledBefore_CallsNothing()
    {
        var model = new FakeModel(_ => "x");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new MathWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", s_all, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(model.Asked);
    }

    [Fact]
    public async Task Failure_IsOneExceptionThatNamesTheNode_AndStopsTheOthers()
    {
        using var model = new GatedModel();
        var run = new MathWorkflow { Models = model.Catalog, Runtime = s_noRetries }.RunAsync("x", s_all);
        await model.AskedAsync(4);

        model.Fail("[detail]", new InvalidOperationException("out of memory"));

        var error = await Assert.ThrowsAsync<WorkflowException>(() => run);
        Assert.Equal("Workflow 'math': 'DetailedSolver' under micro@32 failed: out of memory", error.Message);
        Assert.IsType<InvalidOperationException>(error.InnerException);
        Assert.Equal(0, model.Model.Running);
    }

    [Fact]
    public async Task Failure_LeavesNoExceptionUnobserved()
    {
        var unobserved = new List<Exception>();
        void Keep(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved)
            {
                unobserved.Add(e.Exception);
            }
        }

        TaskScheduler.UnobservedTaskException += Keep;
        try
        {
            for (var i = 0; i < 50; i++)
            {
                await FailAsync(i);
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            lock (unobserved)
            {
                Assert.DoesNotContain(unobserved, e => e.ToString().Contains("fails on purpose", StringComparison.Ordinal));
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Keep;
        }

        static async Task FailAsync(int i)
        {
            string[] prefixes = ["[program]", "[refine]", "[detail]", "[solve]", "[select]"];
            var model = new FakeModel(async (prompt, _) =>
            {
                await Task.Yield();
                return prompt.StartsWith(prefixes[i % prefixes.Length], StringComparison.Ordinal) || i % 7 == 0
                    ? throw new InvalidOperationException("fails on purpose")
                    : "1";
            });
            await Assert.ThrowsAsync<WorkflowException>(() => new MathWorkflow { Models = FakeModel.Catalog(model), Runtime = s_noRetries }.RunAsync("x", s_all));
        }
    }

    [Fact]
    public async Task TimeoutOfAModel_IsAFailureAndNoCancellation()
    {
        var model = new FakeModel((_, _) => Task.FromException<string>(new TaskCanceledException("The request timed out.")));

        var error = await Assert.ThrowsAsync<WorkflowException>(() => new MathWorkflow { Models = FakeModel.Catalog(model), Runtime = s_noRetries }.RunAsync("x", MathWorkflow.Plan.C01));

        Assert.Equal("Workflow 'math': 'DetailedSolver' under nano@0 failed: The client of the model 'nano' gave the call up, though nobody canceled it: The request timed out.", error.Message);
    }

    [Fact]
    public async Task UnknownModel_IsNamed()
    {
        using var models = new ModelCatalog().Add("mini", new FakeModel(_ => "x"));

        var error = await Assert.ThrowsAsync<WorkflowException>(() => new MathWorkflow { Models = models }.RunAsync("x", MathWorkflow.Plan.C01));

        Assert.Equal("Workflow 'math': 'DetailedSolver' under nano@0 failed: No model named 'nano' is in the catalog. It has: mini.", error.Message);
    }

    [Fact]
    public async Task ConfigurationOfAnotherWorkflow_IsRefused()
    {
        var model = new FakeModel(_ => "x");

        var error = await Assert.ThrowsAsync<WorkflowException>(
            () => new MathWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", Golden.Code.CodeWorkflow.Plan.C01));

        Assert.Equal("Workflow 'math': the configuration 'c01' is not of this workflow: it is for 9 nodes, not 6.", error.Message);
    }

    [Fact]
    public async Task Seeds_AreTheirOwnForEveryCall_AndTheSameForTheSameSeed()
    {
        var first = await SeedsAsync(5);

        Assert.Equal(6, first.Distinct().Count());
        Assert.All(first, seed => Assert.InRange(seed!.Value, 0, int.MaxValue));
        Assert.Equal(first, await SeedsAsync(5));
        Assert.Empty(first.Intersect(await SeedsAsync(6)));
        Assert.All(await SeedsAsync(null), Assert.Null);

        static async Task<List<long?>> SeedsAsync(int? seed)
        {
            var model = new FakeModel(prompt => prompt.Split(' ')[0]);
            await new MathWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", s_all, new RunOptions { Seed = seed });
            return [.. model.Asked.OrderBy(asked => asked.Prompt, StringComparer.Ordinal).ThenBy(asked => asked.Seed).Select(asked => asked.Seed)];
        }
    }

    [Fact]
    public async Task Settings_ReachTheModels()
    {
        var model = new FakeModel(prompt => prompt.Split(' ')[0]);

        var result = await new MathWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", s_all);

        Assert.Equal([8, 16, 16, 32, 64, 64], model.Asked.Select(asked => asked.Budget!.Value).Order());
        Assert.All(model.Asked, asked => Assert.Equal(asked.Prompt.StartsWith("[solve]", StringComparison.Ordinal) ? 0.7f : null, asked.Temperature));
        Assert.Equal(new Setting("micro", 32), result.Calls.Single(call => call.Node == "DetailedSolver").Setting);
        Assert.Equal([0, 1], result.Calls.Where(call => call.Node == "GenerateSolver").Select(call => call.Replica).Order());
    }

    [Fact]
    public async Task ModelAddedLater_IsFound()
    {
        using var models = new ModelCatalog();
        var workflow = new MathWorkflow { Models = models };
        await Assert.ThrowsAsync<WorkflowException>(() => workflow.RunAsync("x", MathWorkflow.Plan.C01));

        models.Add("nano", new FakeModel(_ => "found"));

        Assert.Equal("found", (await workflow.RunAsync("x", MathWorkflow.Plan.C01)).Output);
    }
}
