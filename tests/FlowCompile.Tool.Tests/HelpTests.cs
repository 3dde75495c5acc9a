using System.Text.RegularExpressions;

namespace FlowCompile.Tool.Tests;

public sealed class HelpTests
{
    private static readonly string[] s_verbs = ["profile", "compile", "explain", "test", "diff", "deploy", "import"];

    [Fact]
    public async Task The_verbs_come_in_the_order_they_are_needed_a_line_each()
    {
        var run = await CommandLine.RunAsync("--help");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(s_verbs, Regex.Matches(run.Output, "^  ([a-z]+) <", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("[default", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("profile")]
    [InlineData("compile")]
    [InlineData("explain")]
    [InlineData("test")]
    [InlineData("diff")]
    [InlineData("deploy")]
    [InlineData("import")]
    public async Task Every_verb_says_what_it_takes_and_so_does_its_documentation(string verb)
    {
        var run = await CommandLine.RunAsync(verb, "--help");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"dotnet-flowcompile {verb} ", run.Output, StringComparison.Ordinal);
        Assert.Equal(verb != "diff", run.Output.Contains("--no-build", StringComparison.Ordinal));
        Assert.Equal(verb != "import", run.Output.Contains("--json", StringComparison.Ordinal));
        var docs = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "command-line.md"));
        Assert.Contains($"## {verb}\n", docs.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(Regex.Matches(run.Output, "--[a-z0-9-]+").Select(match => match.Value).Distinct(), option => Assert.Contains($"`{option}", docs, StringComparison.Ordinal));
    }
}
