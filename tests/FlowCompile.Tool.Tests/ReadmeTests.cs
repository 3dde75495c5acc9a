namespace FlowCompile.Tool.Tests;

/// <summary>The README shows code that compiles: that of the smallest sample, as it stands.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("AnswerWorkflow.cs")]
    [InlineData("Program.cs")]
    public void The_readme_shows_the_smallest_sample(string file)
    {
        var code = File.ReadAllText(PathOf($"answer/{file}")).ReplaceLineEndings("\n").Trim();
        Assert.Contains($"```csharp\n{code}\n```\n", File.ReadAllText(PathOf("README.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_says_what_the_sample_measured()
    {
        var measured = File.ReadAllText(PathOf("sample/README.md"));
        foreach (var row in File.ReadLines(PathOf("README.md")).Where(line => line.StartsWith("| c", StringComparison.Ordinal)))
        {
            var cells = row.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(cell => cell.Trim('`')).ToList();
            Assert.Contains(measured.Split('\n'), line => line.StartsWith(cells[0] + " ", StringComparison.Ordinal) && cells.All(cell => line.Contains(cell, StringComparison.Ordinal)));
        }
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
