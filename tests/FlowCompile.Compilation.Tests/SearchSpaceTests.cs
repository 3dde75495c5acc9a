namespace FlowCompile.Compilation.Tests;

public sealed class SearchSpaceTests
{
    private static readonly ProfileTable s_profile = new(MathWorkflow.Graph, MathWorkflow.Graph.Nodes.ToDictionary(
        node => node.Name,
        _ => (IReadOnlyList<SettingProfile>)
        [
            new(new Setting("good", 0), 0.8, 1, 0, 10),
            new(new Setting("good", 64), 0.9, 2, 0, 10),
            new(new Setting("bad", 0), 0.3, 3, 0, 10),
            new(new Setting("bad", 64), 0.4, 4, 0, 10),
        ]));

    [Fact]
    public void A_model_that_only_forbidden_settings_dominate_can_be_asked_for() =>
        Assert.All(Settings(new SearchSpace { Models = ["bad"] }), setting => Assert.Equal("bad", setting.Model));

    [Fact]
    public void A_budget_can_be_asked_for() =>
        Assert.All(Settings(new SearchSpace { Budgets = [64] }), setting => Assert.Equal(64, setting.Budget));

    [Fact]
    public void A_sub_agent_can_be_locked_to_a_setting()
    {
        var locked = new Setting("bad", 64);
        var compiled = Compile(new SearchSpace { SubAgents = Limits("DetailedSolver", new SubAgentLimits { Setting = locked, MinCount = 1 }) });
        Assert.All(compiled.Plan.Configurations, one => Assert.Equal(locked, one.Settings[MathWorkflow.Graph.IndexOf("DetailedSolver")]));
    }

    [Fact]
    public void A_sub_agent_can_be_left_out()
    {
        var compiled = Compile(new SearchSpace { SubAgents = Limits("GenerateSolver", new SubAgentLimits { MaxCount = 0 }) });
        Assert.All(compiled.Plan.Configurations, one => Assert.False(one.Structure.IsActive(MathWorkflow.Graph.IndexOf("GenerateSolver"))));
        Assert.Equal(3, compiled.Structures);
    }

    [Theory]
    [InlineData("Detailed", 0, null, "no sub-agent of workflow 'math'; it has: Programmer, RefineSolver, DetailedSolver, GenerateSolver, ScEnsemble")]
    [InlineData("DetailedSolver", 2, 1, "give it a range from 0 up")]
    [InlineData("DetailedSolver", 2, null, "leaves no structure")]
    public void Limits_that_cannot_be_kept_are_refused(string node, int min, int? max, string problem)
    {
        var limits = new SubAgentLimits { MinCount = min, MaxCount = max };
        Assert.Contains(problem, Assert.Throws<CompileException>(() => Compile(new SearchSpace { SubAgents = Limits(node, limits) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_space_without_a_setting_is_refused_with_those_there_are() => Assert.Contains(
        "good@0, good@64, bad@0, bad@64",
        Assert.Throws<CompileException>(() => Compile(new SearchSpace { Models = ["best"] })).Message,
        StringComparison.Ordinal);

    private static Dictionary<string, SubAgentLimits> Limits(string node, SubAgentLimits limits) => new() { [node] = limits };

    private static CompiledFrontier Compile(SearchSpace space) => FlowCompiler.Compile(s_profile, new CompileOptions { Space = space });

    private static IEnumerable<Setting> Settings(SearchSpace space) =>
        Compile(space).Plan.Configurations.SelectMany(one => one.Settings).OfType<CallSettings>().SelectMany(settings => settings.Distinct);
}
