using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

/// <summary>The generated files that the tests of the run stage compile and run are what the generator emits.</summary>
public class GoldenTests
{
    [Fact]
    public void WorkflowWithAPlan_IsEmittedAsTheRunTestsRunIt() => AssertGolden("Planned", "MathWorkflow", "math");

    [Fact]
    public void WorkflowWithoutAPlan_IsEmittedAsTheRunTestsRunIt() => AssertGolden("Unplanned", "MathWorkflow");

    [Fact]
    public void BranchesAndRepair_AreEmittedAsTheRunTestsRunThem() => AssertGolden("Code", "CodeWorkflow", "code");

    [Fact]
    public void ListThatEndsEarly_IsEmittedAsTheRunTestsRunIt() => AssertGolden("Agreeing", "VoteWorkflow");

    private static void AssertGolden(string folder, string type, string? plan = null)
    {
        string[] path = ["tests", "FlowCompile.Tests", "Run", "Golden", folder];
        var sources = Directory.GetFiles(Path.Combine([Sources.Root, .. path]), "*.cs")
            .Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .Append("global using FlowCompile; global using WordMath;").Append(Sources.ImplicitUsings)
            .Append(Sources.Sample("Arithmetic.cs")).Append(Sources.Sample("MathCase.cs"));
        TextFile[] files = plan is null ? [Sources.SampleSettings()] : [Sources.SampleSettings(), Sources.Plan(plan)];

        var run = GeneratorRun.Over([.. sources], files);

        foreach (var (name, text) in run.Generated)
        {
            var file = name[name.IndexOf(type, StringComparison.Ordinal)..];
            Snapshot.MatchFile(Path.Combine([Sources.Root, .. path, file]), text);
        }

        Assert.Equal(6, run.Generated.Count);
    }
}
