using FlowCompile.Text;

namespace FlowCompile.Tool.Tests.Output;

/// <summary>
/// Whatever files, servers and the command line itself say, no verb writes a character that a terminal acts on, and no text without end.
/// Standard output and error are pipes here, for which the same holds.
/// </summary>
[Collection(PreparedProject.Collection)]
public sealed class HostileTextTests(PreparedProject prepared) : IDisposable
{
    private const string Hostile = "\u001B[31m\u0007\u202E\u2066\u2028\u0085\u200B\u009B2J";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-hostile");
    private string Project => prepared.Project.Directory;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("id")]
    [InlineData("hardware")]
    [InlineData("model")]
    public async Task Diff_of_a_plan_that_holds_it(string field)
    {
        var plan = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sample", "math.flowplan.json"));
        var bad = Write("bad.json", field switch
        {
            "id" => plan.Replace("\"c01\"", $"\"c{Escaped(Hostile)}\"", StringComparison.Ordinal),
            "hardware" => plan.Replace("\"hardware\": \"", $"\"hardware\": \"{Escaped(Hostile)}", StringComparison.Ordinal),
            _ => plan.Replace("nano@0", $"{Escaped(Hostile)}@0", StringComparison.Ordinal),
        });
        var run = await CommandLine.RunAsync("diff", bad, Write("good.json", plan));
        AssertHarmless(run);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("bad.json(", run.ErrorLine(), StringComparison.Ordinal);
        Assert.Contains("holds the hidden character U+001B", run.ErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_of_names_without_end_shows_three_hundred_characters_and_counts_the_rest()
    {
        var plan = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sample", "math.flowplan.json"));
        var longer = Write("long.json", plan.Replace("\"hardware\": \"", $"\"hardware\": \"{new string('h', 5000)}", StringComparison.Ordinal)
            .Replace("\"c01\"", $"\"{new string('i', 5000)}\"", StringComparison.Ordinal));
        var run = await CommandLine.RunAsync("diff", Write("plan.json", plan), longer);
        AssertHarmless(run);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(new string('i', 300) + "… and 4,700 more", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('i', 301), run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('h', 301), run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("import")]
    [InlineData("profile")]
    [InlineData("compile")]
    [InlineData("explain")]
    [InlineData("test")]
    [InlineData("deploy")]
    public async Task A_command_line_that_holds_it(string verb)
    {
        string[] arguments = verb switch
        {
            "diff" => [verb, Hostile, Hostile],
            "import" => [verb, Hostile, Project, "--no-build"],
            "explain" => [verb, Project, Hostile, "--no-build", "--store", prepared.Project.Store],
            _ => [verb, Project, "--workflow", Hostile, "--no-build"],
        };
        var run = await CommandLine.RunAsync(arguments);
        AssertHarmless(run);
        Assert.NotEqual(0, run.ExitCode);
        Assert.NotEqual(70, run.ExitCode);
        Assert.NotEmpty(run.Error + run.Output);
        AssertHarmless(await CommandLine.RunAsync([verb, Hostile, "--" + Hostile, "--verbose"]));
    }

    [Fact]
    public async Task Settings_and_cases_that_hold_it()
    {
        var settings = File.ReadAllText(prepared.Project.PathOf("flowcompile.json"));
        var cases = File.ReadAllText(prepared.Project.PathOf("data/test.jsonl"));
        try
        {
            prepared.Project.Write("flowcompile.json", settings.Replace("\"nano\"", $"\"{Escaped(Hostile)}\"", StringComparison.Ordinal));
            foreach (var verb in new[] { "profile", "compile", "explain", "test" })
            {
                var run = await prepared.RunAsync(verb);
                AssertHarmless(run);
                Assert.Equal(1, run.ExitCode);
                Assert.Contains("holds the hidden character U+001B", run.ErrorLine(), StringComparison.Ordinal);
            }

            prepared.Project.Write("flowcompile.json", settings);
            var named = cases.Split('\n')[0].Replace("\"id\": \"", $"\"id\": \"{Escaped(Hostile)}", StringComparison.Ordinal);
            prepared.Project.Write("data/test.jsonl", $"{named}\n");
            var hidden = await prepared.RunAsync("test");
            AssertHarmless(hidden);
            Assert.Contains("test.jsonl(1): the id '\\u001B[31m\\u0007\\u202E\\u2066\\u2028\\u0085\\u200B\\u009B2Jwm-", hidden.ErrorLine(), StringComparison.Ordinal);
        }
        finally
        {
            prepared.Project.Write("flowcompile.json", settings);
            prepared.Project.Write("data/test.jsonl", cases);
        }
    }

    private static void AssertHarmless(CommandLine.Run run)
    {
        foreach (var line in (run.Output + "\n" + run.Error).Split('\n').Select(line => line.TrimEnd('\r')))
        {
            Assert.True(OutsideText.IndexOfHidden(line) < 0, $"It wrote: {OutsideText.Visible(line)}");
        }
    }

    private static string Escaped(string text) => string.Concat(text.Select(c => $"\\u{(int)c:X4}"));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
