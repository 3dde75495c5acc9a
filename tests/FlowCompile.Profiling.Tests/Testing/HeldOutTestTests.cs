using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling.TestHost;
using FlowCompile.Profiling.Testing;

namespace FlowCompile.Profiling.Tests.Testing;

public sealed class HeldOutTestTests
{
    [Fact]
    public void Uniform_configurations_are_one_for_each_setting_on_the_largest_structure()
    {
        var uniform = UniformConfigurations.Of(DoublingWorkflow.Descriptor, Doubling.Settings());

        Assert.Equal(["uniform-small@0", "uniform-small@32", "uniform-big@0", "uniform-big@32"], uniform.Select(one => one.Id));
        Assert.All(uniform, one => Assert.Equal(new StructureSpace(DoublingWorkflow.Graph).Largest, one.Structure));
        Assert.Equal("Draft=big@32 Refine=big@32 Guess*2=big@32 Choose=big@32", uniform[3].ToText(DoublingWorkflow.Graph));
    }

    [Fact]
    public async Task Results_are_those_of_end_to_end_runs()
    {
        using var models = new ProfileRun("").Models();
        var cases = ProfileRun.Cases(DoublingWorkflow.Descriptor, 7);
        var uniform = UniformConfigurations.Of(DoublingWorkflow.Descriptor, Doubling.Settings());
        var seen = new List<HeldOutProgress>();
        var test = new HeldOutTest(DoublingWorkflow.Descriptor, models, new HeldOutOptions { Concurrency = 1 });
        var results = await test.RunAsync(uniform, cases, new Listed(seen));

        Assert.Equal(uniform, results.Select(result => result.Configuration));
        Assert.All(results, result => Assert.Equal(cases.Select(one => one.Id), result.Runs.Select(run => run.CaseId)));
        Assert.All(results, result => Assert.Equal(result.Runs.Average(run => run.Score), result.Accuracy.Value));
        Assert.All(results.SelectMany(result => result.Runs), run => Assert.Equal(5, run.Calls.Count));
        Assert.All(results, result => Assert.True(result.AccuracyInterval.Contains(result.Accuracy.Value!.Value)));
        Assert.Equal(Enumerable.Range(1, 28), seen.Select(progress => progress.Done));
        Assert.Equal([.. results.Select(result => result.Accuracy.Value)], (await test.RunAsync(uniform, cases)).Select(result => result.Accuracy.Value));
    }

    [Fact]
    public async Task Runs_of_a_configuration_come_one_after_another_in_blocks_of_ten_cases()
    {
        using var models = new ProfileRun("").Models();
        var uniform = UniformConfigurations.Of(DoublingWorkflow.Descriptor, Doubling.Settings()).Take(3).ToList();
        var seen = new List<HeldOutProgress>();
        var results = await new HeldOutTest(DoublingWorkflow.Descriptor, models)
            .RunAsync(uniform, ProfileRun.Cases(DoublingWorkflow.Descriptor, 23), new Listed(seen));

        Assert.Equal(
            new[] { 10, 10, 3 }.SelectMany(size => uniform.SelectMany(one => Enumerable.Repeat(one.Id, size))),
            seen.Select(progress => progress.Configuration));
        Assert.All(results, result => Assert.DoesNotContain(result.Runs, run => run is null));
    }

    [Fact]
    public async Task First_call_of_a_model_is_made_before_what_counts()
    {
        var run = new ProfileRun("");
        using var models = run.Models();
        var uniform = UniformConfigurations.Of(DoublingWorkflow.Descriptor, Doubling.Settings());
        await new HeldOutTest(DoublingWorkflow.Descriptor, models).RunAsync(uniform, ProfileRun.Cases(DoublingWorkflow.Descriptor, 2));

        // Five calls a run: four configurations on two cases, and one run for each of two models.
        Assert.Equal(5 * ((4 * 2) + 2), run.Calls.Count);
    }

    [Fact]
    public async Task Failed_run_counts_as_failed_and_in_no_mean()
    {
        using var models = new ProfileRun("") { Answer = call => call.Prompt == "[draft] 2" ? throw new IOException("gone") : "0" }.Models();
        var configurations = UniformConfigurations.Of(DoublingWorkflow.Descriptor, Doubling.Settings()).Take(1).ToList();
        var result = (await new HeldOutTest(DoublingWorkflow.Descriptor, models).RunAsync(configurations, ProfileRun.Cases(DoublingWorkflow.Descriptor, 3)))[0];

        Assert.Equal((1, 2), (result.Failures, result.Accuracy.Count));
        Assert.Contains("IOException: gone", result.Runs[1].Error, StringComparison.Ordinal);
        Assert.Null(result.Runs[1].Score);
    }

    [Fact]
    public void Comparison_takes_the_fastest_compiled_one_that_is_as_accurate_as_the_best_uniform_one()
    {
        var uniform = new[] { Result("u1", 0.5, 1), Result("u2", 0.8, 9), Result("u3", 0.8, 6) };
        var compiled = new[] { Result("c1", 0.7, 1), Result("c2", 0.8, 3), Result("c3", 0.9, 2), Result("c4", 0.9, 4) };
        var comparison = EqualAccuracyComparison.Of(compiled, uniform)!;

        Assert.Equal(("u3", "c3"), (comparison.BestUniform.Configuration.Id, comparison.Compiled!.Configuration.Id));
        Assert.Equal(3, comparison.Speedup!.Value, 12);
        Assert.Null(EqualAccuracyComparison.Of([Result("c1", 0.7, 1)], uniform)!.Speedup);
        Assert.Null(EqualAccuracyComparison.Of(compiled, []));
    }

    private static HeldOutResult Result(string id, double accuracy, double seconds)
    {
        var structure = new StructureSpace(DoublingWorkflow.Graph).Largest;
        var configuration = new WorkflowConfiguration(id, structure, new Setting?[5]);
        return new HeldOutResult(configuration, [.. Enumerable.Range(0, 10).Select(i => new HeldOutRun($"{i}", i < 10 * accuracy ? 1 : 0, TimeSpan.FromSeconds(seconds), [], null))]);
    }

    private sealed class Listed(List<HeldOutProgress> seen) : IProgress<HeldOutProgress>
    {
        public void Report(HeldOutProgress value) => seen.Add(value);
    }
}
