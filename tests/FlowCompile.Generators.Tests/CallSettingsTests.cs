using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

/// <summary>Plans in which the calls of a sub-agent have different settings, as the build reads them.</summary>
public class CallSettingsTests
{
    private const string Mixed = "new global::FlowCompile.CallSettings(new global::FlowCompile.Setting[] { "
        + "new global::FlowCompile.Setting(\"nano\", 16), new global::FlowCompile.Setting(\"mini\", 64) }),";

    [Theory]
    [InlineData("[\"nano@16\", \"mini@64\"]")]
    [InlineData("[\"mini@64\", \"nano@16\"]")] // the order of replicas means nothing
    public void EachCall_IsEmittedWithItsSetting(string settings)
    {
        var run = Run(settings);

        var plan = run.Generated.Single(file => file.Key.EndsWith("Plan.g.cs", StringComparison.Ordinal)).Value;
        Assert.Contains(Mixed, plan, StringComparison.Ordinal);
        Assert.Contains("SampledDraft=nano@16+mini@64", plan, StringComparison.Ordinal);
        Assert.Empty(run.Output.GetDiagnostics().Where(one => one.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning));
    }

    [Fact]
    public void CallsThatAreTheSame_AreEmittedAsOneSetting() =>
        Assert.DoesNotContain("CallSettings", Run("[\"mini@64\", \"mini@64\"]").Generated.Single(file => file.Key.EndsWith("Plan.g.cs", StringComparison.Ordinal)).Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("[\"nano@16\"]", 2, "has 1 settings for the 2 calls of 'SampledDraft'")]
    [InlineData("[\"nano@16\", \"mini@64\", \"mini@64\"]", 2, "has 3 settings for the 2 calls of 'SampledDraft'")]
    [InlineData("[]", 2, "the settings of 'SampledDraft' are empty")]
    [InlineData("[\"nano@16\", \"mini\"]", 2, "the setting of 'SampledDraft' must be written model@budget")]
    [InlineData("[\"nano@16\", \"mini@64\"]", 1, "the setting of 'SampledDraft'")]
    public async Task WhatFitsNoCalls_IsSaid(string settings, int version, string problem) => Assert.Contains(
        (await Run(settings, version).DiagnosticsAsync()).Where(one => one.Id.StartsWith("FC06", StringComparison.Ordinal)),
        one => one.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Contains(problem, StringComparison.Ordinal));

    private static GeneratorRun Run(string settings, int version = 2)
    {
        string[] path = ["tests", "FlowCompile.Tests", "Run", "Golden", "Code"];
        var sources = Directory.GetFiles(Path.Combine([Sources.Root, .. path]), "*.cs")
            .Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .Append("global using FlowCompile; global using WordMath;").Append(Sources.ImplicitUsings)
            .Append(Sources.Sample("Arithmetic.cs")).Append(Sources.Sample("MathCase.cs"));
        var plan = Sources.Read("tests", "FlowCompile.Generators.Tests", "Plans", "code.flowplan.json")
            .Replace("\"version\": 1", $"\"version\": {version}", StringComparison.Ordinal)
            .Replace("\"SampledDraft\": \"mini@64\"", $"\"SampledDraft\": {settings}", StringComparison.Ordinal);
        return GeneratorRun.Over([.. sources], [Sources.SampleSettings(), new TextFile("/project/code.flowplan.json", plan)]);
    }
}
