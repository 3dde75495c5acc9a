using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Code;

namespace FlowCompile.Tests.Run;

public class CodeRunTests
{
    [Fact]
    public async Task Branch_RunsOnlyTheNodeThatTheRouterNames()
    {
        var model = new FakeModel(prompt => prompt);

        var result = await Workflow(model).RunAsync("an easy task", "easy", CodeWorkflow.Plan.C01);

        Assert.Equal("[quick] an easy task", result.Output);
        Assert.Equal("[quick] an easy task", Assert.Single(model.Asked).Prompt);
    }

    [Fact]
    public async Task Branch_TakesOtherwise_WhereNoOtherNamesTheValue()
    {
        var model = new FakeModel(prompt => prompt);

        var result = await Workflow(model).RunAsync("a difficult task", "difficult", CodeWorkflow.Plan.C01);

        Assert.Equal("[careful] a difficult task", result.Output);
    }

    [Fact]
    public async Task Repair_StopsWhereTheTestPasses()
    {
        var fixes = 0;
        var model = new FakeModel(prompt => prompt.StartsWith("[fix]", StringComparison.Ordinal)
            ? ++fixes == 2 ? "works" : "broken"
            : prompt.StartsWith("[format]", StringComparison.Ordinal) ? prompt : "bad");

        var result = await Workflow(model).RunAsync("t", "works", CodeWorkflow.Plan.C03);

        Assert.Equal("[format] works", result.Output);
        Assert.Equal([0, 1], result.Calls.Where(call => call.Node == "Fix").Select(call => call.Attempt));
        Assert.Contains(model.Asked, asked => asked.Prompt == "[fix] bad; no works");
        Assert.Contains(model.Asked, asked => asked.Prompt == "[fix] broken; no works");
    }

    [Fact]
    public async Task Repair_EndsWithTheLastAttempt()
    {
        var fixes = 0;
        var model = new FakeModel(prompt => prompt.StartsWith("[fix]", StringComparison.Ordinal) ? $"try {++fixes}" : "bad");

        var result = await Workflow(model).RunAsync("t", "works", Configuration(0, 1, 1, 1, 0, 1, 1, 3, 0));

        Assert.Equal("try 3", result.Output);
        Assert.Equal(3, fixes);
    }

    [Fact]
    public async Task Repair_IsNotCalled_WhereTheFirstTestPasses()
    {
        var model = new FakeModel(prompt => prompt);

        var result = await Workflow(model).RunAsync("easy", "[quick]", CodeWorkflow.Plan.OneRepair);

        Assert.DoesNotContain(result.Calls, call => call.Node == "Fix");
    }

    [Fact]
    public async Task LeftOutNode_PassesTheWorkflowsInputOn()
    {
        var model = new FakeModel(prompt => prompt.StartsWith("[clarify]", StringComparison.Ordinal) ? "clear" : prompt);
        var workflow = Workflow(model);

        await workflow.RunAsync("raw", "x", Configuration(0, 1, 1, 1, 0, 1, 0, 0, 0));
        await workflow.RunAsync("raw", "x", Configuration(1, 1, 1, 1, 0, 1, 0, 0, 0));

        Assert.Equal(["[careful] raw", "[clarify] raw", "[careful] clear"], model.Asked.Select(asked => asked.Prompt));
    }

    [Fact]
    public async Task ObserverSees_EveryCallOfTheRepairLoop()
    {
        var model = new FakeModel(prompt => prompt.StartsWith("[fix]", StringComparison.Ordinal) ? "still bad" : "bad");
        var seen = new SeenOutputs();

        await Workflow(model).RunAsync("t", "works", Configuration(0, 1, 1, 1, 0, 1, 1, 2, 0), new RunOptions { Observer = seen });

        Assert.Equal(
            [
                "RunTests/0/0 [bad, works] -> TestReport { Passed = False, Message = no works }",
                "Fix/0/0 [bad, TestReport { Passed = False, Message = no works }] -> still bad",
                "RunTests/0/1 [still bad, works] -> TestReport { Passed = False, Message = no works }",
                "Fix/0/1 [still bad, TestReport { Passed = False, Message = no works }] -> still bad",
            ],
            seen.Lines(CodeWorkflow.Graph).Where(line => line.StartsWith("RunTests", StringComparison.Ordinal) || line.StartsWith("Fix", StringComparison.Ordinal)));
    }

    [Fact]
    public void PlanAndGraph_AreOfOneHash() => Assert.Equal(CodeWorkflow.Graph.Hash, CodeWorkflow.Plan.Compiled.GraphHash);

    private static CodeWorkflow Workflow(FakeModel model) => new() { Models = FakeModel.Catalog(model) };

    private static WorkflowConfiguration Configuration(params int[] counts) => Configurations.Of(CodeWorkflow.Graph, WorkflowStructure.Create(CodeWorkflow.Graph, counts));
}
