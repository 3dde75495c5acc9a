using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlowCompile.Tool.Tests;

/// <summary>The README shows code that compiles, and figures that the sample measured: both as they stand elsewhere.</summary>
public sealed partial class ReadmeTests
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
        var measured = File.ReadLines(PathOf("sample/README.md")).ToHashSet(StringComparer.Ordinal);
        var rows = File.ReadLines(PathOf("README.md")).Where(line => Figures().IsMatch(line)).ToList();
        Assert.Contains(rows, row => row.StartsWith("| c", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("| paired ", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Contains(row, measured));
    }

    [Fact]
    public void The_sample_measured_the_plan_that_it_holds()
    {
        using var plan = JsonDocument.Parse(File.ReadAllBytes(PathOf("sample/math.flowplan.json")));
        var planned = plan.RootElement.GetProperty("configurations").EnumerateArray().Select(one =>
        {
            var estimate = one.GetProperty("estimate");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{one.GetProperty("id").GetString()} {estimate.GetProperty("accuracy").GetDouble():0.0000} {1000 * estimate.GetProperty("latencySeconds").GetDouble():0.00} ms");
        });
        var tested = File.ReadLines(PathOf("sample/README.md")).Where(line => Configurations().IsMatch(line))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => $"{cells[1]} {cells[2]} {cells[5]}");
        Assert.Equal(planned, tested);
    }

    // Rows of the tables that 'flowcompile test --markdown' writes: every one has a figure, and starts with what it is of.
    [GeneratedRegex(@"^\| (c\d+|independent|paired|one setting everywhere|one sub-agent|chosen by chance|\w+@\d+) \|.*\d")]
    private static partial Regex Figures();

    [GeneratedRegex(@"^\| c\d+ \|")]
    private static partial Regex Configurations();

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
