using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Benchmarks;

/// <summary>A project of many workflows: drafts by four sub-agents, tools that look at them, a selector and a repair loop.</summary>
internal static class WorkflowProject
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not "FlowCompile.Generators.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Create(int workflows, CSharpParseOptions options) =>
        Create(workflows, options, Enumerable.Range(0, workflows).Select(i => CSharpSyntaxTree.ParseText(Source(i), options, $"Workflow{i}.cs")));

    public static CSharpCompilation Create(int workflows, CSharpParseOptions options, IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create(
        $"Project{workflows}",
        trees.Take(workflows).Append(CSharpSyntaxTree.ParseText(Usings, options, "Usings.cs")),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static string Source(int number) => $$"""
        using FlowCompile;

        namespace Project.Part{{number}};

        public sealed record Case(string Question, string Answer);

        /// <summary>Answers questions of kind {{number}}.</summary>
        [Workflow("answers-{{number}}")]
        public sealed partial class AnswerWorkflow
        {
            [SubAgent]
            public async ValueTask<string> Plan_(string question, SubAgentContext agent, CancellationToken cancellationToken)
            {
                var prompt = $"Step by step: {question}";
                for (var i = 0; i < 3; i++)
                {
                    prompt += i % 2 == 0 ? " first" : " then";
                }

                return (await agent.CompleteAsync(prompt, cancellationToken)).Text;
            }

            [Tool]
            public static string Clean([From(nameof(Plan_))] string plan) => plan.Trim().ToLowerInvariant();

            [SubAgent(Optional = true)]
            public async ValueTask<string> Quick(string question, [From(nameof(Clean))] string plan, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync($"{question} {plan}", cancellationToken)).Text;

            [SubAgent(Optional = true)]
            public async ValueTask<string> Careful(string question, [From(nameof(Clean))] string plan, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync($"{question} {plan}", cancellationToken)).Text;

            [SubAgent(Temperature = 0.7f), Replicas(0, 2)]
            public async ValueTask<string> Sampled(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [Tool]
            public static int Count([FromAny(nameof(Quick), nameof(Careful), nameof(Sampled))] IReadOnlyList<string> answers) => answers.Distinct().Count();

            [SubAgent(Budgets = [0, 64, 256])]
            public async ValueTask<string> Choose(
                string question,
                [FromAny(nameof(Quick), nameof(Careful), nameof(Sampled), MinBranches = 2)] IReadOnlyList<string> answers,
                SubAgentContext agent,
                CancellationToken cancellationToken)
                => (await agent.CompleteAsync($"{question} {string.Join(' ', answers)}", cancellationToken)).Text;

            [Tool]
            public static bool Passes([From(nameof(Choose))] string answer, [From(nameof(Count))] int count) => answer.Length > count;

            [SubAgent, RetryUntil(nameof(Passes), MaxAttempts = 2)]
            public async ValueTask<string> Fix([From(nameof(Choose))] string answer, string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync($"{question} {answer}", cancellationToken)).Text;

            [Tool, Output]
            public static string Trim([From(nameof(Fix))] string answer) => answer.Trim();

            [Score]
            public static double Score(Case expected, string answer) => expected.Answer == answer ? 1 : 0;
        }
        """;
}
