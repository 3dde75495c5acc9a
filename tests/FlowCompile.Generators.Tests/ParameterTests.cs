using FlowCompile.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Tests;

/// <summary>What is said of parameters that cannot be kept, in the words that the user wrote.</summary>
public class ParameterTests
{
    [Theory]
    [InlineData("ref")]
    [InlineData("out")]
    [InlineData("in")]
    [InlineData("ref readonly")]
    public async Task PassedByReference_IsNamedAsWritten(string keyword)
    {
        var run = GeneratorRun.Over([$$"""
            [Workflow("lengths")]
            public sealed partial class LengthWorkflow
            {
                [Tool, Output]
                public static string Shorten({{keyword}} string question) => throw new NotSupportedException();
            }
            """, Sources.ImplicitUsings, "global using FlowCompile;"]);

        var found = Assert.Single(await run.DiagnosticsAsync(), diagnostic => diagnostic.Id == "FC0216");

        Assert.EndsWith($"it is passed by '{keyword}'; pass it by value", found.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IAsyncEnumerable<string> question", "a stream is read once")]
    [InlineData("IEnumerator<string> question", "a stream is read once")]
    [InlineData("CancellationToken? token", "make it a CancellationToken")]
    [InlineData("[From(\"Shorten\")] CancellationToken token", "remove [From]")]
    [InlineData("[FromAny(\"Shorten\")] CancellationToken token", "remove [FromAny]")]
    public async Task ThatARunCannotGive_AreRefused(string parameter, string words)
    {
        var run = GeneratorRun.Over([$$"""
            [Workflow("lengths")]
            public sealed partial class LengthWorkflow
            {
                [Tool, Output]
                public static string Shorten({{parameter}}) => throw new NotSupportedException();
            }
            """, Sources.ImplicitUsings, "global using FlowCompile;"]);

        var found = Assert.Single(await run.DiagnosticsAsync(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

        Assert.Equal("FC0216", found.Id);
        Assert.Contains(words, found.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.Generated);
    }

    [Theory]
    [InlineData("string?", "string")]
    [InlineData("string", "string?")]
    public void AnInputThatOneNodeNeeds_IsNeverNull(string ofFirst, string ofSecond)
    {
        var run = GeneratorRun.Over([$$"""
            [Workflow("lengths")]
            public sealed partial class LengthWorkflow
            {
                [Tool]
                public static string Shorten({{ofFirst}} question) => question ?? "";

                [Tool, Output]
                public static string Join([From(nameof(Shorten))] string text, {{ofSecond}} question) => text + question;
            }
            """, Sources.ImplicitUsings, "global using FlowCompile;"]);

        run.AssertCompiles();
        Assert.Contains(" RunAsync(\n        string question,", run.Generated["LengthWorkflow.Run.g.cs"], StringComparison.Ordinal);
    }
}
