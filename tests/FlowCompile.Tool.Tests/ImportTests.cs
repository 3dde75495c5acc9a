using FlowCompile.Plans;

namespace FlowCompile.Tool.Tests;

/// <summary>What the published system wrote becomes a plan of the project.</summary>
[Collection(PreparedProject.Collection)]
public sealed class ImportTests(PreparedProject prepared)
{
    private const string Compiled = """
        { "schema_version": "flowcompile.compiled.v2", "configs": [
          { "config_id": "cfg_0000", "structure_id": "s__programmer-c0__refine_solver-c0__detailed_solver-c1__generate_solver-c0__ensemble-c0",
            "agents": { "detailed_solver": { "setting": "qwen3-4b_budget_nothinking" } },
            "metrics": { "expected_accuracy": 0.5, "expected_latency": 1.5 } },
          { "config_id": "cfg_0001", "structure_id": "s__programmer-c1__refine_solver-c1__detailed_solver-c0__generate_solver-c1__ensemble-c1",
            "agents": { "programmer": { "setting": "qwen3-8b_budget_200" }, "refine_solver": { "setting": "qwen3-8b_budget_200" },
              "generate_solver": { "setting": "qwen3-8b_budget_200" }, "ensemble": { "setting": "qwen3-8b_budget_200" } },
            "metrics": { "expected_accuracy": 0.75, "expected_latency": 9.25 } },
          { "config_id": "cfg_0002", "structure_id": "s__detailed_solver-c1",
            "agents": { "detailed_solver": { "setting": "qwen3-8b_budget_nothinking" } },
            "metrics": { "expected_accuracy": 0.4, "expected_latency": 2.5 } }
        ] }
        """;

    [Fact]
    public async Task A_compiled_file_becomes_a_plan()
    {
        var (file, plan) = (Write("compiled.json", Compiled), prepared.Project.PathOf("imported.json"));
        var run = await ImportAsync(file, plan, "--map", "ensemble=Select");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("2 of 3 configurations taken over; 1 are dominated by others", run.Output, StringComparison.Ordinal);

        // The project does not have these models: one line for each, however often a plan names them.
        Assert.Equal(["qwen3-4b", "qwen3-8b"], run.Error.Split('\n').Where(line => line.Contains("on the model '", StringComparison.Ordinal))
            .Select(line => line.Split("on the model '")[1].Split('\'')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["DetailedSolver=qwen3-4b@0", "Programmer=qwen3-8b@200 RefineSolver=qwen3-8b@200 GenerateSolver=qwen3-8b@200 Select=qwen3-8b@200"],
            PlanFile.ReadDocument(plan).Configurations.Select(one => one.ToText()));
    }

    [Fact]
    public async Task Profile_tables_are_compiled()
    {
        var results = Write("detailed_results.json", """
            { "detailed_solver": {
              "qwen3-4b_budget_nothinking": [ { "accuracy": 0.5, "avg_input_tokens": 100, "avg_output_tokens": 50 } ],
              "qwen3-4b_budget_200": [ { "accuracy": 0.8, "avg_input_tokens": 100, "avg_output_tokens": 150 } ] } }
            """);
        var rates = Write("latency_benchmark.json", """{ "Qwen/Qwen3-4B": [ { "batch_size": 1, "prefill_tok_per_s": 5000, "decode_tok_per_s": 500 } ] }""");
        var plan = prepared.Project.PathOf("imported.json");
        var run = await ImportAsync(results, plan, "--latency", rates);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("2 records taken over", run.Output, StringComparison.Ordinal);
        Assert.Contains("one sub-agent, the best", run.Output, StringComparison.Ordinal);
        var document = PlanFile.ReadDocument(plan);
        Assert.Equal(("independent", 0.0), (document.Proxy, document.AccuracyLoss));
        Assert.Equal([(0.5, 0.12), (0.8, 0.32)], document.Configurations.Select(one => (one.Estimate.Accuracy, Math.Round(one.Estimate.LatencySeconds, 9))));
    }

    [Theory]
    [InlineData("compiled.v2", "compiled.v7", "compiled.json(1): 'schema_version' is \"flowcompile.compiled.v7\"; only \"flowcompile.compiled.v2\" can be imported.")]
    [InlineData("\"detailed_solver\"", "\"thinker\"", "The agent 'thinker' is no sub-agent of the workflow 'math'")]
    [InlineData("nothinking", "unlimited", "say how many thinking tokens that stands for with --unlimited <tokens>")]
    public async Task What_cannot_be_taken_over_is_refused_with_its_line(string old, string replacement, string expected)
    {
        var plan = prepared.Project.PathOf($"refused-{replacement.Trim('"')}.json");
        var run = await ImportAsync(Write("compiled.json", Compiled.Replace(old, replacement, StringComparison.Ordinal)), plan, "--map", "ensemble=Select");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.ErrorLine(), StringComparison.Ordinal);
        Assert.False(File.Exists(plan));
    }

    [Theory]
    [InlineData("--unlimited", "-1", "--unlimited needs a number of 0 or more, not '-1'.")]
    [InlineData("--unlimited", "many", "--unlimited needs a number of 0 or more, not 'many'.")]
    [InlineData("--map", "ensemble", "--map needs agent=SubAgent, not 'ensemble'.")]
    public async Task A_wrong_option_is_a_wrong_command_line(string option, string value, string expected)
    {
        var run = await ImportAsync("compiled.json", "plan.json", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private Task<CommandLine.Run> ImportAsync(string file, string plan, params string[] more) =>
        CommandLine.RunAsync(["import", file, prepared.Project.Directory, "--no-build", "--plan", plan, .. more]);

    private string Write(string name, string text)
    {
        prepared.Project.Write(name, text);
        return prepared.Project.PathOf(name);
    }
}
