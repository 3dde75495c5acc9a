using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

/// <summary>When a candidate list ends early: what is refused, and that the rest compiles.</summary>
public class AgreementTests
{
    [Theory]
    [InlineData("Agree = 1", "it takes two to agree; set Agree to 2 or more")]
    [InlineData("Agree = -3", "it takes two to agree; set Agree to 2 or more")]
    [InlineData("Agree = 2, MinBranches = 3", "3 candidates are the fewest; set Agree to that or more")]
    [InlineData("Agree = 5", "its upstreams give at most 4; lower Agree, or name more upstreams")]
    [InlineData("Equality = nameof(Same)", "Equality says when candidates agree, and Agree how many have to; set Agree as well")]
    [InlineData("Agree = 2, Equality = \"Gone\"", "the workflow has no method 'static bool Gone(string a, string b)'; add it")]
    [InlineData("Agree = 2, Equality = nameof(Three)", "the workflow has no method 'static bool Three(string a, string b)'; add it")]
    [InlineData("Agree = 2, Equality = nameof(Instance)", "the workflow has no method 'static bool Instance(string a, string b)'; add it")]
    [InlineData("Agree = 2, Equality = nameof(Number)", "the workflow has no method 'static bool Number(string a, string b)'; add it")]
    [InlineData("Agree = 2, Equality = nameof(Lengths)", "the workflow has no method 'static bool Lengths(string a, string b)'; add it")]
    public async Task WrongUse_IsReported(string arguments, string problem)
    {
        var found = await Run(arguments).DiagnosticsAsync();

        Assert.Equal($"'answers' of 'Choose' cannot end early: {problem}", Assert.Single(found, diagnostic => diagnostic.Id == "FC0218").GetMessage(null));
    }

    [Theory]
    [InlineData("Agree = 0")]
    [InlineData("Agree = 2")]
    [InlineData("Agree = 4, MinBranches = 3")]
    [InlineData("Agree = 2, Equality = nameof(Same)")]
    [InlineData("Agree = 2, Equality = nameof(Objects)")]
    [InlineData("Agree = 3, Equality = \"event\"")]
    public async Task RightUse_CompilesWithoutWarnings(string arguments)
    {
        var run = Run(arguments);

        Assert.DoesNotContain(await run.DiagnosticsAsync(), diagnostic => diagnostic.Id == "FC0218");
        Assert.Empty(run.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning));
        Assert.NotEmpty(run.Generated);
    }

    private static GeneratorRun Run(string arguments) => GeneratorRun.Over([$$"""
        [Workflow("vote")]
        public sealed partial class VoteWorkflow
        {
            [SubAgent]
            public async ValueTask<string> Careful(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [SubAgent, Replicas(0, 3)]
            public async ValueTask<string> Draft(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [SubAgent, Output]
            public async ValueTask<string> Choose(
                [FromAny(nameof(Draft), nameof(Careful), {{arguments}})] IReadOnlyList<string> answers, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(string.Join('|', answers), cancellationToken)).Text;

            private static bool Same(string a, string b) => a.Trim() == b.Trim();

            private static bool Objects(object a, object b) => a.Equals(b);

            private static bool @event(string a, string b) => a == b;

            private static bool Three(string a, string b, string c) => a == b && b == c;

            private bool Instance(string a, string b) => a == b;

            private static int Number(string a, string b) => 0;

            private static bool Lengths(int a, int b) => a == b;
        }
        """, Sources.ImplicitUsings, "global using FlowCompile;"]);
}
