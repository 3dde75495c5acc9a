using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

public class MakePartialFixTests
{
    private const string Body = """
        {
            [SubAgent, Output]
            public async ValueTask<string> Answer(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;
        }
        """;

    [Theory]
    [InlineData("public sealed class W", "public sealed partial class W")]
    [InlineData("// kept\nclass W", "// kept\npartial class W")]
    [InlineData("/* one */ public /* two */ record W", "/* one */ public /* two */ partial record W")]
    public async Task The_class_becomes_partial(string before, string after) => await (await Fix.AssertAsync(
        "FC0001",
        $"/// <summary>Answers.</summary>\n[Workflow(\"w\")]\n{before}\n{Body}\n",
        $"/// <summary>Answers.</summary>\n[Workflow(\"w\")]\n{after}\n{Body}\n")).AssertCompilesAsync();

    [Fact]
    public async Task A_containing_type_becomes_partial() => await (await Fix.AssertAsync(
        "FC0002",
        $"public class Outer\n{{\n[Workflow(\"w\")]\npublic partial class W\n{Body}\n}}\n",
        $"public partial class Outer\n{{\n[Workflow(\"w\")]\npublic partial class W\n{Body}\n}}\n")).AssertCompilesAsync();

    [Fact]
    public async Task All_classes_become_partial() => await (await Fix.AssertAllAsync(
        "FC0001",
        $"[Workflow(\"a\")]\nclass A\n{Body}\n\n[Workflow(\"b\")]\npublic class B\n{Body}\n",
        $"[Workflow(\"a\")]\npartial class A\n{Body}\n\n[Workflow(\"b\")]\npublic partial class B\n{Body}\n")).AssertCompilesAsync();

    [Fact]
    public async Task What_partial_does_not_help_has_no_fix() =>
        Assert.Empty(await Editor.Open($"[Workflow(\"w\")] public abstract partial class W\n{Body}").FixesAsync("FC0002"));
}
