using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

public class MathRunTests
{
    [Fact]
    public async Task Everything_ReachesTheSelector()
    {
        var model = new FakeModel(prompt => prompt.StartsWith("[program]", StringComparison.Ordinal) ? "2+3" : prompt.Split(' ')[0]);

        var result = await new MathWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", Preference.MostAccurate);

        Assert.Equal("[select]", result.Output);
        Assert.Same(MathWorkflow.Plan.C02, result.Configuration);
        Assert.Contains(model.Asked, asked => asked.Prompt == "[refine] x <hint> 5");
        Assert.Contains(model.Asked, asked => asked.Prompt == "[select] x <cand> [refine] <cand> [detail] <cand> [solve] <cand> [solve]");
        Assert.Equal(6, result.Calls.Count);
    }

    [Fact]
    public async Task SingleCandidate_PassesThroughWithoutACall()
    {
        var model = new FakeModel(prompt => prompt.Split(' ')[0]);

        var result = await new MathWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", Preference.Fastest);

        Assert.Equal("[detail]", result.Output);
        Assert.Equal("[detail] x", Assert.Single(model.Asked).Prompt);
    }

    [Fact]
    public void PlanAndGraph_AreOfOneHash() => Assert.Equal(MathWorkflow.Graph.Hash, MathWorkflow.Plan.Compiled.GraphHash);

    [Fact]
    public async Task WithoutAPlan_TheDefaultConfigurationRuns()
    {
        var model = new FakeModel(prompt => prompt.Split(' ')[0]);

        var result = await new Golden.Unplanned.MathWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x");

        Assert.Same(Golden.Unplanned.MathWorkflow.Plan.Default, result.Configuration);
        Assert.Equal(6, model.Asked.Count);
        Assert.All(model.Asked, asked => Assert.Equal(64, asked.Budget));
    }
}
