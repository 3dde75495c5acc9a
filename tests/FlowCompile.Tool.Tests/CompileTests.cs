using System.Text;
using System.Text.Json;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Tests;

[Collection(PreparedProject.Collection)]
public sealed class CompileTests(PreparedProject prepared)
{
    [Fact]
    public async Task It_shows_the_frontier_and_what_somebody_would_choose_without_it()
    {
        var run = await prepared.RunAsync("compile", "--plan", prepared.Project.Plan);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("configurations are on the frontier", run.Output, StringComparison.Ordinal);
        Assert.Contains("one setting everywhere, the best", run.Output, StringComparison.Ordinal);
        Assert.Contains("one sub-agent, the best", run.Output, StringComparison.Ordinal);
        Assert.Contains("chosen by chance, the median of 101", run.Output, StringComparison.Ordinal);
        Assert.Contains("was up to date.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Piped_output_has_no_control_characters()
    {
        var run = await prepared.RunAsync("compile", "--plan", prepared.Project.Plan);
        Assert.DoesNotContain(run.Output + run.Error, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public async Task As_json_it_is_the_plan_with_the_baselines_beside_it()
    {
        var run = await prepared.RunAsync("compile", "--plan", prepared.Project.Plan, "--json");
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(["bestUniform", "bestSingle", "random"], json.RootElement.GetProperty("baselines").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        var printed = PlanFile.ParseDocument(Encoding.UTF8.GetBytes(run.Output), "output");
        var written = PlanFile.ReadDocument(prepared.Project.Plan);
        Assert.Equal(written.Configurations.Select(one => (one.ToText(), one.Estimate)), printed.Configurations.Select(one => (one.ToText(), one.Estimate)));
    }

    [Fact]
    public void The_plan_says_where_it_comes_from()
    {
        var plan = PlanFile.ReadDocument(prepared.Project.Plan);
        Assert.Equal(("paired", "parallel", 3, 1), (plan.Proxy, plan.Schedule, plan.Provenance!.Cases, plan.Provenance.Seed));
        Assert.Equal(["accuracy", "latency"], plan.Objectives);
        Assert.Equal(["micro", "mini", "mini-int8", "nano"], plan.Provenance.Models.Keys.Order());
        Assert.Equal(Environment.ProcessorCount, plan.Provenance.Concurrency);
        Assert.NotNull(plan.Provenance.CasesHash);
    }

    [Fact]
    public async Task Without_a_build_there_is_nothing_to_use()
    {
        using var project = new TestProject();
        var run = await CommandLine.RunAsync("compile", project.Directory, "--no-build");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("error: Project.csproj has not been built; run the command once without --no-build.", run.ErrorLine());
    }

    [Fact]
    public async Task An_edited_project_file_is_looked_at_again()
    {
        // The note of the last build is of another project file now, so MSBuild is asked, and says the same.
        File.SetLastWriteTimeUtc(prepared.Project.PathOf("Project.csproj"), DateTime.UtcNow.AddHours(1));
        var run = await prepared.RunAsync("compile", "--plan", prepared.Project.Plan);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_not_made()
    {
        var store = prepared.Project.PathOf("none.db");
        var run = await CommandLine.RunAsync("compile", prepared.Project.Directory, "--no-build", "--store", store);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("none.db", run.ErrorLine(), StringComparison.Ordinal);
        Assert.False(File.Exists(store));
    }

    [Theory]
    [InlineData("compile", "{ \"version\": 3, \"workflow\": \"math\", \"configurations\": [] }", "it is a plan of version 3, and this FlowCompile writes version 2; update FlowCompile")]
    [InlineData("compile", "{\"question\": \"1 + 1\"}\n{\"question\": \"2 + 2\"}\n", "it is no plan")]
    [InlineData("profile", "{ \"version\": 3, \"workflow\": \"math\", \"configurations\": [] }", "it is a plan of version 3")]
    public async Task What_a_plan_must_not_take_the_place_of_stays(string verb, string text, string expected)
    {
        var path = prepared.Project.PathOf("stays.json");
        File.WriteAllText(path, text);
        var run = await prepared.RunAsync(verb, "--plan", path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.ErrorLine(), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
    }
}
