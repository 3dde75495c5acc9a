using FlowCompile.Plans;

namespace FlowCompile.Tool.Tests;

/// <summary>What was measured, and the code or flowcompile.json allows no longer, is left out with a line that says so; what is new is named.</summary>
public sealed class NarrowedTests : IDisposable
{
    private readonly TestProject _project = new(isBuilt: true);

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Compile_obeys_what_is_allowed_today()
    {
        var run = await _project.ProfileAsync();
        Assert.True(run.ExitCode == 0, run.Error);
        _project.Edit("flowcompile.json", "\"budgets\": [0, 8, 16, 32, 64]", "\"budgets\": [0, 8, 48]");
        _project.Edit("MathWorkflow.cs", "    [SubAgent, Output]", "    [SubAgent(Models = [\"nano\", \"micro\"]), Output]");

        run = await _project.RunAsync("compile", "--store", _project.Store, "--plan", _project.Plan);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("math: Select is left out under nano@16, nano@32, nano@64, micro@16", run.Error, StringComparison.Ordinal);
        Assert.Contains("allows no longer.", run.Error, StringComparison.Ordinal);
        Assert.Contains("math: Select is not measured yet under nano@48, micro@48; ", run.Error, StringComparison.Ordinal);
        Assert.Contains("one setting everywhere, the best: not measured", run.Output, StringComparison.Ordinal);
        var settings = PlanFile.ReadDocument(_project.Plan).Configurations.SelectMany(one => one.Settings).ToList();
        Assert.All(settings, settings => Assert.All(settings.Value.Distinct, setting => Assert.InRange(setting.Budget, 0, 8)));
        Assert.DoesNotContain(settings, setting => setting.Key == "Select" && setting.Value.Uses("mini"));

        // A plan that names a model which there is not: the test says so at once, and explaining the frontier warns.
        var first = PlanFile.ReadDocument(_project.Plan).Configurations[0].Settings.First(setting => setting.Key != "Select");
        File.WriteAllText(_project.Plan, File.ReadAllText(_project.Plan).Replace($"\"{first.Key}\": \"{first.Value.First.Model}@", $"\"{first.Key}\": \"nono@", StringComparison.Ordinal));
        run = await _project.RunAsync("test", "--no-build", "--store", _project.Store, "--plan", _project.Plan, "--cases", "1");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("on the model 'nono', which", run.ErrorLine(), StringComparison.Ordinal);
        run = await _project.RunAsync("explain", "--no-build", "--store", _project.Store, "--plan", _project.Plan);
        Assert.Equal(0, run.ExitCode);
        Assert.Single(run.Error.Split('\n'), line => line.Contains("on the model 'nono', which", StringComparison.Ordinal));
    }
}
