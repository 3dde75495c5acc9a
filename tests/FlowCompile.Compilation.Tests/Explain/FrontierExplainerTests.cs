using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>Why a configuration is on the frontier or is not: every reason there is, and on random workflows the right one.</summary>
public sealed class FrontierExplainerTests
{
    private static readonly WorkflowGraph s_graph = new(
        "w",
        [Agent("Draft"), Optional("Revise", From("Draft")), Replicas("Extra", 0, 2), Tool("Check", From("Revise")), Agent("Pick", Problem, FromAny(2, "Check", "Extra"))],
        "Pick");

    private static readonly ProfileTable s_profile = new(s_graph, new Dictionary<string, IReadOnlyList<SettingProfile>>
    {
        ["Draft"] = [Row("nano", 0, 0.5, 1), Row("mini", 0, 0.8, 4), Row("mini", 16, 0.7, 5), Row("twin", 0, 0.8, 4)],
        ["Revise"] = [Row("nano", 0, 0.9, 1), Row("mini", 0, 1, 2)],
        ["Extra"] = [Row("nano", 0, 0.5, 1)],
        ["Pick"] = [Row("mini", 0, 0.9, 3)],
    });

    [Theory]
    [InlineData("c01")]
    [InlineData("  c01 ")]
    [InlineData("Draft=nano@0")]
    public void One_on_the_frontier_is_found_by_its_id_and_by_its_text(string text)
    {
        var explanation = Explain(text);
        Assert.Equal((ConfigurationVerdict.OnFrontier, "c01", "Draft=nano@0"), (explanation.Verdict, explanation.Configuration!.Id, explanation.Text));
        Assert.Empty(explanation.DominatedBy);
        Assert.Equal("Draft", Assert.Single(explanation.Sensitivities).SubAgent);
    }

    [Fact]
    public void The_order_of_the_parts_does_not_matter() =>
        Assert.Equal(Explain("Draft=mini@0 Revise=mini@0").Text, Explain("Revise=mini@0  Draft=mini@0").Text);

    [Fact]
    public void What_dominates_it_is_said_with_by_how_much()
    {
        var explanation = Explain("Draft=mini@16 Revise=nano@0");
        Assert.Equal(ConfigurationVerdict.Dominated, explanation.Verdict);
        var best = explanation.DominatedBy[0];
        Assert.Equal("Draft=mini@0", best.By.ToText(s_graph));
        Assert.Equal(0.8 - 0.63, best.AccuracyGain, 12);
        Assert.Equal(6.0 - 4, best.SecondsSaved, 12);
        Assert.Contains("of 'Draft' alone, mini@16 (0.7 in 5000 ms) is dominated by mini@0 (0.8 in 4000 ms)", explanation.Reasons);
        Assert.All(explanation.DominatedBy, one => Assert.True(one.AccuracyGain >= 0 && one.SecondsSaved >= 0));
    }

    [Fact]
    public void Of_two_equal_ones_one_is_enough()
    {
        var explanation = Explain("Draft=twin@0");
        Assert.Equal(ConfigurationVerdict.Equal, explanation.Verdict);
        Assert.Equal("Draft=mini@0", Assert.Single(explanation.DominatedBy).By.ToText(s_graph));
    }

    [Theory]
    [InlineData("Draft=minni@0", "'Draft' was not measured on the model 'minni'; did you mean 'mini'?")]
    [InlineData("Draft=mini@7", "'Draft' was not measured under mini@7; on 'mini' it was under the budgets 0, 16")]
    [InlineData("Draft=nano@8", "'Draft' was not measured to the end under nano@8: mini@0 beats it")]
    [InlineData("Draft=other@0", "'Draft' was not measured on the model 'other'; use one of: nano, mini, twin")]
    public void What_was_not_measured_is_named_with_what_was(string text, string expected)
    {
        var explanation = Explain(text);
        Assert.Equal(ConfigurationVerdict.NotMeasured, explanation.Verdict);
        Assert.Equal(expected, Assert.Single(explanation.Reasons));
        Assert.Null(explanation.Configuration);
    }

    [Theory]
    [InlineData("Pick=mini@0", "'Draft' runs in it too, and needs a setting")]
    [InlineData("Draft=mini@0 Pick=mini@0", "'Pick' does not run in it: the output does not need it, or it passes its only candidate on")]
    [InlineData("Draft=mini@0 Extra=nano@0", "'Pick' runs in it too, and needs a setting")]
    [InlineData("Extra*3=nano@0", "'Extra' runs 0 to 2 times, not 3")]
    public void A_structure_that_there_is_not_is_said_why(string text, string expected)
    {
        var explanation = Explain(text);
        Assert.Equal(ConfigurationVerdict.Impossible, explanation.Verdict);
        Assert.Equal(expected, Assert.Single(explanation.Reasons));
    }

    [Theory]
    [InlineData("c77", "The frontier has no configuration 'c77'; it has c01 to c0")]
    [InlineData("Daft=mini@0", "The workflow 'w' has no sub-agent 'Daft'; did you mean 'Draft'?")]
    [InlineData("Check=mini@0", "The workflow 'w' has no sub-agent 'Check'; use one of: Draft, Revise, Extra, Pick")]
    [InlineData("Draft=mini", "'mini' is no setting of 'Draft'; write model@budget")]
    [InlineData("Draft=mini@0 Draft=nano@0", "'Draft' has two settings")]
    [InlineData("Draft=mini@0 Revise", "'Revise' is no part of a configuration; write SubAgent=model@budget for each that runs")]
    [InlineData("Extra*two=mini@0", "'Extra*two' does not say how often 'Extra' runs")]
    public void What_is_no_configuration_is_refused_in_one_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<CompileException>(() => Explain(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_search_space_is_named_where_it_forbids()
    {
        var space = new SearchSpace
        {
            Models = ["nano", "mini"],
            SubAgents = new Dictionary<string, SubAgentLimits> { ["Extra"] = new() { MaxCount = 0 } },
        };
        var twin = Explain("Draft=twin@0", space);
        Assert.Equal(ConfigurationVerdict.Forbidden, twin.Verdict);
        Assert.Contains("the search space does not allow twin@0 for 'Draft'", twin.Reasons);
        Assert.NotNull(twin.Configuration!.Estimate);
        Assert.Contains("the search space does not let 'Extra' run 2 times", Explain("Draft=nano@0 Extra*2=nano@0 Pick=mini@0", space).Reasons);
    }

    [Fact]
    public void One_that_nothing_dominates_and_that_is_not_there_was_overlooked()
    {
        var options = new CompileOptions();
        var compiled = FlowCompiler.Compile(s_profile, options);
        var plan = compiled.Plan;
        var shorter = new WorkflowPlan(plan.Workflow, plan.GraphHash, plan.Proxy, plan.Schedule, [.. plan.Configurations.Skip(1)], null);
        var explanation = new FrontierExplainer(s_profile, options, compiled with { Plan = shorter }).Explain("Draft=nano@0");
        Assert.Equal(ConfigurationVerdict.Overlooked, explanation.Verdict);
        Assert.Empty(explanation.DominatedBy);
    }

    [Fact]
    public void On_random_workflows_every_configuration_is_there_or_dominated_by_what_is_said()
    {
        var seen = new HashSet<ConfigurationVerdict>();
        for (var seed = 0; seed < 60; seed++)
        {
            var (profile, branches) = RandomWorkflow.Create(seed);
            if (RandomConfigurations.Draw(profile, 1).Count == 0)
            {
                continue;
            }

            var options = new CompileOptions { Branches = branches, Objectives = seed % 2 == 0 ? Objectives.Accuracy | Objectives.Latency : Objectives.Accuracy | Objectives.Latency | Objectives.Cost };
            var compiled = FlowCompiler.Compile(profile, options);
            var explainer = new FrontierExplainer(profile, options, compiled);
            var proxy = new IndependentProxy(profile, options.Schedule, branches);
            foreach (var one in RandomConfigurations.Draw(profile, 20, seed).Concat(compiled.Plan.Configurations))
            {
                var explanation = explainer.Explain(one.ToText(profile.Graph));
                seen.Add(explanation.Verdict);
                if (explanation.Verdict == ConfigurationVerdict.OnFrontier)
                {
                    Assert.NotNull(compiled.Plan.Find(explanation.Configuration!.Id));
                    continue;
                }

                Assert.Contains(explanation.Verdict, new[] { ConfigurationVerdict.Dominated, ConfigurationVerdict.Equal });
                Assert.Equal(proxy.Estimate(one), explanation.Configuration!.Estimate);
                Assert.NotEmpty(explanation.DominatedBy);
                Assert.All(explanation.DominatedBy, better => Assert.True(better.AccuracyGain > -1e-9 && better.SecondsSaved > -1e-9));
            }
        }

        Assert.Contains(ConfigurationVerdict.Dominated, seen);
        Assert.Contains(ConfigurationVerdict.OnFrontier, seen);
    }

    private static ConfigurationExplanation Explain(string text, SearchSpace? space = null)
    {
        var options = new CompileOptions { Space = space ?? new SearchSpace() };
        DroppedSetting[] dropped = [new("Draft", new Setting("nano", 8), "mini@0 beats it.")];
        return new FrontierExplainer(s_profile, options, FlowCompiler.Compile(s_profile, options), dropped).Explain(text);
    }

    private static SettingProfile Row(string model, int budget, double accuracy, double latency) => new(new Setting(model, budget), accuracy, latency, 0, 1);
}
