using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

/// <summary>A selector of branches that exclude one another is never called: a plan needs no setting of it, and one that has it is built in without.</summary>
public class PassedSettingTests
{
    private const string Workflow = """
        using FlowCompile;

        [Workflow("routed")]
        public sealed partial class RoutedWorkflow
        {
            [Tool]
            public static bool IsHard(string question) => question.Length > 20;

            [SubAgent, When(nameof(IsHard), true)]
            public async ValueTask<string> Careful(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [SubAgent, When(nameof(IsHard), false)]
            public async ValueTask<string> Quick(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [SubAgent, Output]
            public async ValueTask<string> Select([FromAny(nameof(Careful), nameof(Quick), MinBranches = 2)] IReadOnlyList<string> answers, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(string.Join(" or ", answers), cancellationToken)).Text;
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData(", \"Select\": \"big@16\"")]
    public async Task SettingOfWhatIsNeverCalled_IsNoPartOfTheTable(string selector)
    {
        var run = GeneratorRun.Over([Sources.ImplicitUsings, Workflow], [new TextFile("/project/routed.flowplan.json", $$"""
            {
              "version": 1, "workflow": "routed", "graphHash": "sha256:77e8ab303b203cb3e57bf4dac2625bf01bf0eca2c299566cdd8fd594710a7123",
              "proxy": "independent", "schedule": "parallel",
              "configurations": [ {
                "id": "c01", "counts": { "IsHard": 1, "Careful": 1, "Quick": 1, "Select": 1 }, "settings": { "Careful": "mini@16", "Quick": "nano@0"{{selector}} },
                "estimate": { "accuracy": 0.9, "latencySeconds": 0.25 } } ]
            }
            """)]);

        Assert.DoesNotContain(await run.DiagnosticsAsync(), one => one.Id.StartsWith("FC06", StringComparison.Ordinal));
        Assert.Empty(run.Output.GetDiagnostics().Where(one => one.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning));
        var plan = run.Generated.Single(file => file.Key.EndsWith("Plan.g.cs", StringComparison.Ordinal)).Value;
        Assert.Contains("<c>Careful=mini@16 Quick=nano@0</c>", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("big", plan, StringComparison.Ordinal);
    }
}
