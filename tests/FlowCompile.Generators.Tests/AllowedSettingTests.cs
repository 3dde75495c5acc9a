using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

/// <summary>A plan is built in where the code allows its settings today; where not, the build says so and the default configuration is in force.</summary>
public class AllowedSettingTests
{
    private const string Provenance = """
        "provenance": { "toolVersion": "1", "profileHash": "sha256:0", "cases": 1, "seed": 1, "models": { "mini": "m" }, "hardware": "h" },
        """;

    [Theory]
    [InlineData("[Workflow(\"answers\")]", "[SubAgent, Output]", "[0, 16]", true, null)]
    [InlineData("[Workflow(\"answers\")]", "[SubAgent(Models = [\"mini\"], Budgets = [16]), Output]", "[0]", true, null)]
    [InlineData("[Workflow(\"answers\", Budgets = [16])]", "[SubAgent, Output]", "[0]", true, null)]
    [InlineData("[Workflow(\"answers\")]", "[SubAgent(Models = [\"nano\"]), Output]", "[0, 16]", true, "FC0608")]
    [InlineData("[Workflow(\"answers\")]", "[SubAgent(Budgets = [0]), Output]", "[0, 16]", true, "FC0608")]
    [InlineData("[Workflow(\"answers\", Models = [\"nano\"])]", "[SubAgent, Output]", "[0, 16]", true, "FC0608")]
    [InlineData("[Workflow(\"answers\", Budgets = [0, 64])]", "[SubAgent, Output]", "[0, 16]", true, "FC0608")]
    [InlineData("[Workflow(\"answers\", Models = [\"nano\"])]", "[SubAgent(Models = [\"mini\"]), Output]", "[0, 16]", true, null)]

    // The budgets of flowcompile.json are what is measured: a plan that was not measured here may have others.
    [InlineData("[Workflow(\"answers\")]", "[SubAgent, Output]", "[0, 64]", true, "FC0608")]
    [InlineData("[Workflow(\"answers\")]", "[SubAgent, Output]", "[0, 64]", false, null)]
    [InlineData("[Workflow(\"answers\")]", "[SubAgent(Budgets = [0]), Output]", "[0, 16]", false, "FC0608")]
    public async Task SettingsOfAPlan_AreThoseThatAreAllowedToday(string workflow, string agent, string budgets, bool isProfiled, string? expected)
    {
        var run = GeneratorRun.Over(
            [Sources.ImplicitUsings, $$"""
                using FlowCompile;

                {{workflow}}
                public sealed partial class AnswerWorkflow
                {
                    {{agent}}
                    public async ValueTask<string> Answer(string question, SubAgentContext agent, CancellationToken cancellationToken)
                        => (await agent.CompleteAsync(question, cancellationToken)).Text;
                }
                """],
            [
                new TextFile("/project/flowcompile.json", $$"""{ "models": { "nano": { "onnx": "n" }, "mini": { "onnx": "m" } }, "budgets": {{budgets}} }"""),
                new TextFile("/project/answers.flowplan.json", $$"""
                    {
                      "version": 1, "workflow": "answers", "graphHash": "sha256:91a1525e781f35e8019b726ddead86e7311a9d83f2017fe5bd54fd24dc470b41",
                      "proxy": "independent", "schedule": "parallel", {{(isProfiled ? Provenance : "")}}
                      "configurations": [ { "id": "c01", "counts": { "Answer": 1 }, "settings": { "Answer": "mini@16" }, "estimate": { "accuracy": 0.9, "latencySeconds": 0.25 } } ]
                    }
                    """),
            ]);

        var found = (await run.DiagnosticsAsync()).Where(one => one.Id.StartsWith("FC06", StringComparison.Ordinal)).ToList();

        Assert.Equal(expected is null ? [] : [expected], found.Select(one => one.Id));
        Assert.Equal(expected is null, run.Generated.Any(file => file.Value.Contains("WorkflowConfiguration C01", StringComparison.Ordinal)));
        Assert.Empty(run.Output.GetDiagnostics().Where(one => one.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning));
    }
}
