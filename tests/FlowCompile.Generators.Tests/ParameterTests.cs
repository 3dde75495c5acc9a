using FlowCompile.Generators.Tests.Harness;

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
}
