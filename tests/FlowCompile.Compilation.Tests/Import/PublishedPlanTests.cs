using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

public sealed class PublishedPlanTests : IDisposable
{
    private static readonly AgentNames s_names = new(
        MathWorkflow.Graph, new Dictionary<string, string> { ["ensemble"] = "ScEnsemble" });

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-import");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Configurations_come_over_with_structure_settings_and_estimates()
    {
        var published = Read(File(
            Config("cfg_0000", "s__programmer-c0__refine_solver-c0__detailed_solver-c1__generate_solver-c0__ensemble-c0", "\"detailed_solver\": { \"setting\": \"qwen3-4b_budget_200\" }", 0.5, 1.5),
            Config("cfg_0001", "s__programmer-c1__refine_solver-c1__detailed_solver-c0__generate_solver-c2__ensemble-c1",
                "\"programmer\": { \"setting\": \"qwen3-8b_budget_nothinking\" }, \"refine_solver\": { \"setting\": \"m_budget_1\" }, \"generate_solver\": { \"setting\": \"m_budget_2\" }, \"ensemble\": { \"setting\": \"m_budget_3\" }", 0.75, 9.25)));
        Assert.Equal(["DetailedSolver=qwen3-4b@200", "Programmer=qwen3-8b@0 RefineSolver=m@1 GenerateSolver*2=m@2 ScEnsemble=m@3"],
            published.Plan.Configurations.Select(one => one.ToText(s_names.Graph)));
        Assert.Equal([(0.5, 1.5), (0.75, 9.25)], published.Plan.Configurations.Select(one => (one.Estimate!.Accuracy, one.Estimate.LatencySeconds)));
        Assert.Equal("sequential", published.Plan.Schedule);
        Assert.Equal((2, 0, 0), (published.Configurations, published.Dominated, published.WithDeadCalls));
    }

    [Fact]
    public void Points_that_the_published_system_keeps_by_mistake_are_left_out_and_counted()
    {
        const string Solver = "\"detailed_solver\": { \"setting\": \"m_budget_200\" }";
        const string Alone = "s__detailed_solver-c1";
        var published = Read(File(
            Config("cfg_0000", Alone, Solver, 0.11, 0.335),
            Config("cfg_0001", Alone, Solver, 0.11, 0.26),
            Config("cfg_0002", Alone, Solver, 0.1, 0.26),
            Config("cfg_0003", "s__programmer-c1__detailed_solver-c1", Solver + ", \"programmer\": { \"setting\": \"m_budget_200\" }", 0.9, 1)));
        Assert.Equal([0.26], published.Plan.Configurations.Select(one => one.Estimate!.LatencySeconds));
        Assert.Equal((4, 2, 1), (published.Configurations, published.Dominated, published.WithDeadCalls));
    }

    [Fact]
    public void A_tool_that_does_not_run_is_no_dead_call()
    {
        var graph = new WorkflowGraph(
            "tooled",
            [
                Nodes.Agent("Draft"), Nodes.Tool("Check", Nodes.From("Draft")), Nodes.Optional("Refine", Nodes.From("Check")), Nodes.Optional("Solver"),
                Nodes.Agent("Pick", Nodes.Problem, Nodes.FromAny(2, "Refine", "Solver")),
            ],
            "Pick");
        var path = File(Config("cfg_0000", "s__solver-c1", "\"solver\": { \"setting\": \"m_budget_1\" }", 0.5, 1));
        var published = PublishedPlan.Read(path, new AgentNames(graph));
        Assert.Equal("Solver=m@1", Assert.Single(published.Plan.Configurations).ToText(graph));
        Assert.Equal(0, published.WithDeadCalls);
    }

    [Fact]
    public void A_budget_without_a_limit_needs_a_number()
    {
        var path = File(Config("cfg_0000", "s__detailed_solver-c1", "\"detailed_solver\": { \"setting\": \"m_budget_unlimited\" }", 0.5, 1));
        var error = Assert.Throws<CompileException>(() => Read(path));
        Assert.Contains("--unlimited <tokens>", error.Message, StringComparison.Ordinal);
        var plan = PublishedPlan.Read(path, s_names, new ImportOptions { UnlimitedBudget = 8000 }).Plan;
        Assert.Equal("DetailedSolver=m@8000", Assert.Single(plan.Configurations).ToText(s_names.Graph));
    }

    [Theory]
    [InlineData("compiled.v2", "compiled.v1", "(2): 'schema_version' is \"flowcompile.compiled.v1\"; only \"flowcompile.compiled.v2\" can be imported")]
    [InlineData("s__detailed_solver-c1", "s__detailed_solver-cx", "(4): the structure \"s__detailed_solver-cx\" cannot be read at \"detailed_solver-cx\"")]
    [InlineData("s__detailed_solver-c1", "s__detailed_solver-c2", "runs 'DetailedSolver' 2 times, and the workflow 'math' at most 1")]
    [InlineData("s__detailed_solver-c1", "s__ensemble-c1", "has a structure that the workflow 'math' does not have: 'ScEnsemble' has no candidate")]
    [InlineData("\"detailed_solver\"", "\"thinker\"", "The agent 'thinker' is no sub-agent of the workflow 'math'")]
    [InlineData("m_budget_7", "m_budget_low", "'m_budget_low' has the budget 'low', which is no number of thinking tokens")]
    [InlineData("\"expected_accuracy\": 0.5", "\"expected_accuracy\": 50", "'expected_accuracy' of the configuration 'cfg_0000' is 50; it is from 0 to 1")]
    [InlineData("}\n]", "", "it is not valid JSON")]
    [InlineData("m_budget_7", "m\\u2028public class Injected;_budget_7", "holds the hidden character U+2028")]
    [InlineData("cfg_0000", "c\u0085f", "holds the hidden character U+0085")]
    [InlineData("\"detailed_solver\"", "\"detailed\\u200B_solver\"", "holds the hidden character U+200B")]
    public void What_cannot_be_is_refused_with_its_line(string old, string replacement, string expected)
    {
        var path = File(Config("cfg_0000", "s__detailed_solver-c1", "\"detailed_solver\": { \"setting\": \"m_budget_7\" }", 0.5, 1));
        var text = System.IO.File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(path, text.Replace(old, replacement, StringComparison.Ordinal));
        var error = Assert.Throws<CompileException>(() => Read(path));
        Assert.StartsWith(path + "(", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_one_line() =>
        Assert.Contains("there is no such file", Assert.Throws<CompileException>(() => Read(Path.Combine(_folder.FullName, "none.json"))).Message, StringComparison.Ordinal);

    private static PublishedPlan Read(string path) => PublishedPlan.Read(path, s_names);

    private static string Config(string id, string structure, string agents, double accuracy, double latency) => FormattableString.Invariant(
        $$"""{ "config_id": "{{id}}", "workflow_type": "math", "structure_id": "{{structure}}", "agents": { {{agents}} }, "metrics": { "expected_accuracy": {{accuracy}}, "expected_latency": {{latency}} } }""");

    private string File(params string[] configs)
    {
        var path = Path.Combine(_folder.FullName, "compiled.json");
        System.IO.File.WriteAllText(path, $"{{\n\"schema_version\": \"flowcompile.compiled.v2\",\n\"configs\": [\n{string.Join(",\n", configs)}\n]\n}}\n");
        return path;
    }
}
