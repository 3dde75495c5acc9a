using System.Text.Json;
using FlowCompile.Compilation;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Tests;

[Collection(PreparedProject.Collection)]
public sealed class ExplainTests(PreparedProject prepared)
{
    private PlanDocument Plan => PlanFile.ReadDocument(prepared.Project.Plan);

    [Fact]
    public async Task It_says_what_each_pass_did_where_improving_pays_and_what_there_would_be_without_a_compiler()
    {
        var run = await prepared.RunAsync("explain");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("", run.Error);
        Assert.All(FlowCompiler.Passes, pass => Assert.Contains(run.Output.Split('\n'), line => line.StartsWith(pass, StringComparison.Ordinal)));
        Assert.Contains("math: where improving would pay", run.Output, StringComparison.Ordinal);
        Assert.Contains("one setting everywhere, the best", run.Output, StringComparison.Ordinal);
        Assert.All(Plan.Configurations, one => Assert.Contains(one.ToText(), run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task As_json_it_has_every_step_and_sensitivity()
    {
        var run = await prepared.RunAsync("explain", "--json");
        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        Assert.Equal(FlowCompiler.Passes, root.GetProperty("passes").EnumerateArray().Select(pass => pass.GetProperty("pass").GetString()!));
        Assert.Equal(3, root.GetProperty("baselines").GetArrayLength());
        foreach (var (one, planned) in root.GetProperty("configurations").EnumerateArray().Zip(Plan.Configurations))
        {
            Assert.Equal(planned.Id, one.GetProperty("id").GetString());
            Assert.Equal(planned.Settings.Select(pair => pair.Key), one.GetProperty("sensitivities").EnumerateArray().Select(agent => agent.GetProperty("subAgent").GetString()!));
            Assert.All(one.GetProperty("sensitivities").EnumerateArray(), agent => Assert.InRange(agent.GetProperty("latencyPerSecond").GetDouble(), -1e-9, 2 + 1e-9));
        }
    }

    [Fact]
    public async Task A_configuration_of_the_frontier_is_explained_by_its_id()
    {
        var run = await prepared.RunAsync("explain", "c01");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.StartsWith($"math: {Plan.Configurations[0].ToText()}\nIt is on the frontier as c01.\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("a point more adds", run.Output, StringComparison.Ordinal);
        var intervals = Assert.Single(run.Output.Split('\n'), line => line.StartsWith("90 % intervals over 3 cases: ", StringComparison.Ordinal));
        Assert.All(new[] { "accuracy ", "latency ", "p50 ", "p95 ", "p99 " }, name => Assert.Contains(name, intervals, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_wrote_into_the_plan_stays_and_is_no_other_plan()
    {
        var before = await File.ReadAllBytesAsync(prepared.Project.Plan);
        try
        {
            var text = System.Text.Encoding.UTF8.GetString(before).Replace("\"version\": 1,", "\"$schema\": \"flowplan.schema.json\",\n  \"version\": 1,", StringComparison.Ordinal)
                .Replace("\"id\": \"c01\",", "\"id\": \"c01\",\n      \"name\": \"quick\",", StringComparison.Ordinal);
            await File.WriteAllTextAsync(prepared.Project.Plan, text);
            var explained = await prepared.RunAsync("explain");
            Assert.Equal("", explained.Error);
            var compiled = await prepared.RunAsync("compile", "--plan", prepared.Project.Plan);
            Assert.Contains("was up to date.", compiled.Output, StringComparison.Ordinal);
            Assert.Equal(text, await File.ReadAllTextAsync(prepared.Project.Plan));
        }
        finally
        {
            await File.WriteAllBytesAsync(prepared.Project.Plan, before);
        }
    }

    [Fact]
    public async Task A_configuration_that_is_dominated_is_told_by_what()
    {
        // More calls of the best are slower than the best alone, and cannot be more accurate than always right.
        var run = await prepared.RunAsync("explain", "Programmer=mini@64", "RefineSolver=mini@64", "DetailedSolver=mini@64", "GenerateSolver*2=mini@64", "Select=mini@64", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        var explanation = json.RootElement.GetProperty("explanation");
        Assert.Equal("dominated", explanation.GetProperty("verdict").GetString());
        Assert.All(explanation.GetProperty("dominatedBy").EnumerateArray(), one =>
        {
            Assert.NotNull(Plan.Configurations.FirstOrDefault(planned => planned.Id == one.GetProperty("id").GetString()));
            Assert.True(one.GetProperty("accuracyGain").GetDouble() >= 0 && one.GetProperty("secondsSaved").GetDouble() >= 0);
        });
        Assert.Equal(5, explanation.GetProperty("sensitivities").GetArrayLength());
    }

    [Theory]
    [InlineData("DetailedSolver=minni@0", 0, "'DetailedSolver' was not measured on the model 'minni'; did you mean 'mini'?")]
    [InlineData("Programmer=mini@0", 0, "'Select' has no candidate")]
    [InlineData("DetailedSolvr=mini@0", 1, "The workflow 'math' has no sub-agent 'DetailedSolvr'; did you mean 'DetailedSolver'?")]
    [InlineData("c99", 1, "The frontier has no configuration 'c99'; it has c01 to ")]
    [InlineData("DetailedSolver=mini", 1, "'mini' is no setting of 'DetailedSolver'; write model@budget")]
    public async Task What_cannot_be_explained_is_said_why(string configuration, int exitCode, string expected)
    {
        var run = await prepared.RunAsync("explain", configuration);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, exitCode == 0 ? run.Output : run.ErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_without_a_project_is_no_project()
    {
        var run = await CommandLine.RunAsync("explain", "DetailedSolver=mini@0");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("name the project before the configuration", run.ErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_plan_beside_the_project_is_warned_of()
    {
        var other = prepared.Project.PathOf("older.json");
        File.WriteAllText(other, File.ReadAllText(prepared.Project.Plan).Replace("\"c01\"", "\"first\"", StringComparison.Ordinal));
        var run = await prepared.RunAsync("explain", "c01", "--plan", other);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("older.json is not what the profile compiles to now", run.ErrorLine(), StringComparison.Ordinal);
    }
}
