using FlowCompile.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Tests;

/// <summary>What is said of results that no other node can read.</summary>
public class ResultTests
{
    [Theory]
    [InlineData("IAsyncEnumerable<string>", "a stream is read once")]
    [InlineData("ValueTask<IAsyncEnumerable<string>>", "a stream is read once")]
    [InlineData("IEnumerator<string>", "a stream is read once")]
    [InlineData("Task<Task<string>>", "return 'System.Threading.Tasks.Task<string>' itself")]
    [InlineData("ValueTask<Task>", "that awaits to another task")]
    [InlineData("unsafe int*[]", "cannot be kept until it is read")]
    public async Task ThatNobodyCanRead_AreRefused(string type, string words)
    {
        var run = GeneratorRun.Over([$$"""
            [Workflow("words")]
            public sealed partial class WordWorkflow
            {
                [Tool]
                public static {{type}} Split(string question) => throw new NotSupportedException();

                [Tool, Output]
                public static string Join([From(nameof(Split))] {{Awaited(type)}} words) => "";
            }
            """, Sources.ImplicitUsings, "global using FlowCompile;"]);

        var found = (await run.DiagnosticsAsync()).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "FC0216").ToList();

        Assert.Equal("FC0104", Assert.Single(found).Id);
        Assert.Contains(words, found[0].GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.Generated);
    }

    [Theory]
    [InlineData("IEnumerable<string>")]
    [InlineData("IReadOnlyList<string>")]
    [InlineData("string[]")]
    public void ThatMayBeReadAgain_AreTaken(string type) => GeneratorRun.Over([$$"""
        [Workflow("words")]
        public sealed partial class WordWorkflow
        {
            [Tool]
            public static {{type}} Split(string question) => question.Split(' ');

            [Tool, Output]
            public static string Join([From(nameof(Split))] {{type}} words) => string.Join(' ', words);
        }
        """, Sources.ImplicitUsings, "global using FlowCompile;"]).AssertCompiles();

    private static string Awaited(string type) =>
        type.StartsWith("ValueTask<", StringComparison.Ordinal) || type.StartsWith("Task<", StringComparison.Ordinal) ? type[(type.IndexOf('<', StringComparison.Ordinal) + 1)..^1] : type;
}
