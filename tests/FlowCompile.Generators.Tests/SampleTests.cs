using System.Text.RegularExpressions;
using FlowCompile.Generators.Tests.Harness;
using FlowCompile.Plans;

namespace FlowCompile.Generators.Tests;

/// <summary>The sample's workflow, without and with a plan: what is generated, and that it compiles and runs.</summary>
public partial class SampleTests
{
    private const string Problem = "ann has 3 books . ann finds 4 books . how many books does ann have now ?";

    [Fact]
    public void GeneratedFiles_AreThoseOfTheSnapshot() => AssertSnapshot("WordMath", GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings()));

    [Fact]
    public void GeneratedFilesWithAPlan_AreThoseOfTheSnapshot() =>
        AssertSnapshot("WordMathPlanned", GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings(), Sources.Plan("math")));

    [Fact]
    public void Readme_ShowsWhatIsGeneratedForTheSample()
    {
        var run = GeneratorRun.Over(
            Sources.SampleWorkflow(), Sources.SampleSettings(), new TextFile("/project/math.flowplan.json", Sources.Sample("math.flowplan.json")));
        var generated = Shortened().Replace(string.Concat(run.Generated.Values), "");
        var readme = Sources.Read("README.md");
        var excerpt = readme[readme.IndexOf("// MathWorkflow.Plan.g.cs", StringComparison.Ordinal)..];

        Assert.All(
            excerpt[..excerpt.IndexOf("```", StringComparison.Ordinal)].Split('\n').Where(line => line.Trim() is not "..." && !line.EndsWith(".g.cs", StringComparison.Ordinal)),
            line => Assert.Contains(Shortened().Replace(line, ""), generated, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithoutAPlan_RunsTheLargestStructureUnderTheReferenceSetting()
    {
        var result = await RunAsync(GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings()), plan => Assert.Null(plan));

        Assert.Equal("default", result.Configuration.Id);
        Assert.Equal(6, result.Calls.Count);
        Assert.All(result.Calls, call => Assert.Equal(new Setting("mini", 64), call.Setting));
    }

    [Fact]
    public async Task WithoutSettings_RunsOnTheModelNamedDefault()
    {
        var result = await RunAsync(GeneratorRun.Over(Sources.SampleWorkflow()), plan => Assert.Null(plan));

        Assert.All(result.Calls, call => Assert.Equal(new Setting("default", 0), call.Setting));
    }

    [Fact]
    public async Task WithAPlan_RunsAConfigurationOfThePlan()
    {
        var result = await RunAsync(
            GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings(), Sources.Plan("math")),
            plan => Assert.Equal(["c01", "c02"], plan!.Configurations.Select(configuration => configuration.Id)));

        Assert.Equal("c01", result.Configuration.Id);
        var call = Assert.Single(result.Calls);
        Assert.Equal(("DetailedSolver", new Setting("nano", 0)), (call.Node, call.Setting));
        Assert.Equal("7", result.Output);
    }

    [Fact]
    public async Task StalePlan_LeavesTheDefaultConfigurationInForce()
    {
        var plan = new TextFile("math.flowplan.json", Sources.Plan("math").GetText().ToString().Replace("sha256:c", "sha256:d", StringComparison.Ordinal));

        var result = await RunAsync(GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings(), plan), compiled => Assert.Null(compiled));

        Assert.Equal("default", result.Configuration.Id);
    }

    private static async Task<WorkflowResult<object?>> RunAsync(GeneratorRun run, Action<WorkflowPlan?> check)
    {
        var type = run.Load().GetType("WordMath.MathWorkflow")!;
        var descriptor = (WorkflowDescriptor)type.GetInterfaceMap(typeof(IWorkflow)).TargetMethods[0].Invoke(null, null)!;
        check(descriptor.CompiledPlan);
        using var models = new ModelCatalog();
        foreach (var model in new[] { "nano", "micro", "mini", "default" })
        {
            models.Add(model, new SevenModel());
        }

        var plan = descriptor.CompiledPlan;
        var configuration = plan is null
            ? (WorkflowConfiguration)type.GetNestedType("Plan")!.GetProperty("Default")!.GetValue(null)!
            : plan.Select(Preference.Fastest);
        return await descriptor.RunAsync(descriptor.CreateWorkflow(models), [Problem], configuration, new RunOptions(), default);
    }

    // Namespaces, and how lines are broken.
    [GeneratedRegex(@"global::FlowCompile\.(Graph\.|Plans\.)?|global::System\.Threading\.Tasks\.|\s")]
    private static partial Regex Shortened();

    private static void AssertSnapshot(string folder, GeneratorRun run)
    {
        run.AssertCompiles();
        foreach (var (name, text) in run.Generated)
        {
            Snapshot.Match($"{folder}/{name}", text);
        }
    }
}
