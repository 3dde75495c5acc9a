using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests;

/// <summary>Edges that a null may pass, where the compiler does not look.</summary>
public class NullTests
{
    [Theory]
    [InlineData("string?", "[From(nameof(Find))] string", true)]
    [InlineData("Task<string?>", "[From(nameof(Find))] string", true)]
    [InlineData("ValueTask<List<int>?>", "[From(nameof(Find))] IEnumerable<int>", true)]
    [InlineData("Task<string?>", "[FromAny(nameof(Find))] IReadOnlyList<string>", true)]
    [InlineData("string?", "[From(nameof(Find))] string?", false)]
    [InlineData("Task<string?>", "[FromAny(nameof(Find))] IReadOnlyList<string?>", false)]
    [InlineData("string", "[From(nameof(Find))] string?", false)]
    [InlineData("string", "[From(nameof(Find))] string", false)]
    [InlineData("int", "[From(nameof(Find))] int?", false)]
    [InlineData("int?", "[From(nameof(Find))] int?", false)]
    public async Task ThatAParameterDoesNotTake_IsReported(string result, string parameter, bool isReported)
    {
        var run = Over("enable", result, parameter);

        Assert.Equal(isReported, (await run.DiagnosticsAsync()).Any(diagnostic => diagnostic.Id == "FC0219"));
        run.AssertCompiles();
    }

    [Fact]
    public async Task WhereTheFileDoesNotSay_IsNotReported() =>
        Assert.DoesNotContain(await Over("disable", "string", "[From(nameof(Find))] string").DiagnosticsAsync(), diagnostic => diagnostic.Id == "FC0219");

    private static GeneratorRun Over(string context, string result, string parameter) => GeneratorRun.Over([$$"""
        #nullable {{context}}
        [Workflow("w")]
        public sealed partial class W
        {
            [Tool] public static {{result}} Find(string text) => throw new NotSupportedException();
            [Tool, Output] public static string Answer({{parameter}} found) => "";
        }
        """, Sources.ImplicitUsings, "global using FlowCompile;"]);
}
