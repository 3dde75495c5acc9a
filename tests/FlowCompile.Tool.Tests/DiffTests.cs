using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowCompile.Tool.Tests;

/// <summary>Plans against each other, from files alone: no project, no build.</summary>
public sealed class DiffTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-diff");
    private readonly string _old;

    public DiffTests()
    {
        _old = Path.Combine(_folder.FullName, "old.flowplan.json");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "sample", "math.flowplan.json"), _old);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_same_plan_has_not_changed_and_keeps_every_limit()
    {
        var run = await CommandLine.RunAsync("diff", _old, _old, "--max-accuracy-loss", "0", "--max-p95-growth", "0");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("0 configurations added, 0 removed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_is_said_and_past_a_limit_it_fails()
    {
        var changed = Changed(plan =>
        {
            plan["graphHash"] = "sha256:" + new string('0', 64);
            plan["provenance"]!["hardware"] = "another machine";
            var last = plan["configurations"]!.AsArray()[^1]!["estimate"]!;
            last["accuracy"] = 0.91;
            last["latencyP95Seconds"] = last["latencyP95Seconds"]!.GetValue<double>() * 1.5;
            plan["configurations"]!.AsArray().RemoveAt(0);
        });
        var free = await CommandLine.RunAsync("diff", _old, changed);
        Assert.Equal((0, ""), (free.ExitCode, free.Error));
        Assert.Contains("0 configurations added, 1 removed", free.Output, StringComparison.Ordinal);
        Assert.Contains("The graphs differ", free.Output, StringComparison.Ordinal);
        Assert.Contains("another machine", free.Output, StringComparison.Ordinal);
        Assert.Contains("beyond noise", free.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(free.Output, c => char.IsControl(c) && c != '\n');

        var limited = await CommandLine.RunAsync("diff", _old, changed, "--max-accuracy-loss", "0.2");
        Assert.Equal((0, ""), (limited.ExitCode, limited.Error));
        var failed = await CommandLine.RunAsync("diff", _old, changed, "--max-p95-growth", "0.1");
        Assert.Equal(4, failed.ExitCode);
        Assert.Matches(@"^error: .* longer at p95 \(.*\): .* more than --max-p95-growth 0.1 allows\.$", failed.ErrorLine());
    }

    [Fact]
    public async Task A_loss_of_accuracy_past_the_limit_is_said_with_where_and_by_how_much()
    {
        var changed = Changed(plan =>
        {
            foreach (var one in plan["configurations"]!.AsArray())
            {
                one!["estimate"]!["accuracy"] = one["estimate"]!["accuracy"]!.GetValue<double>() - 0.05;
            }
        });
        var run = await CommandLine.RunAsync("diff", _old, changed, "--max-accuracy-loss", "0.01", "--json");
        Assert.Equal(4, run.ExitCode);
        Assert.Matches("loses 0.0500 of accuracy .*: 0.0400 more than --max-accuracy-loss 0.01 allows\\.$", run.ErrorLine());
        using var json = JsonDocument.Parse(run.Output);
        var violation = Assert.Single(json.RootElement.GetProperty("violations").EnumerateArray());
        Assert.Equal(0.05, violation.GetProperty("actual").GetDouble(), 9);
        Assert.All(json.RootElement.GetProperty("configurations").EnumerateArray(), one => Assert.Equal("changed", one.GetProperty("kind").GetString()));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 9", "new.flowplan.json(2): the plan has version 9, and this FlowCompile reads up to 2; update FlowCompile")]
    [InlineData("\"workflow\": \"math\"", "\"workflow\": \"code\"", "The plans are of different workflows, 'math' and 'code'")]
    [InlineData("{", "", "new.flowplan.json(2): it is not a plan")]
    public async Task What_is_no_plan_of_the_workflow_is_refused(string old, string replacement, string expected)
    {
        var path = Path.Combine(_folder.FullName, "new.flowplan.json");
        var text = File.ReadAllText(_old);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + replacement + text[(at + old.Length)..]);
        var run = await CommandLine.RunAsync("diff", _old, path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.ErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_is_not_there_is_said_with_how_to_make_one()
    {
        var run = await CommandLine.RunAsync("diff", _old, Path.Combine(_folder.FullName, "none.json"));
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("none.json: there is no such plan; run 'dotnet flowcompile profile' first", run.ErrorLine(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-accuracy-loss", "2", "--max-accuracy-loss needs a number from 0 to 1, not '2'.")]
    [InlineData("--max-accuracy-loss", "NaN", "--max-accuracy-loss needs a number from 0 to 1, not 'NaN'.")]
    [InlineData("--max-p95-growth", "-0.1", "--max-p95-growth needs a number of 0 or more, not '-0.1'.")]
    public async Task A_limit_that_is_none_is_a_wrong_command_line(string option, string value, string expected)
    {
        var run = await CommandLine.RunAsync("diff", _old, _old, option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private string Changed(Action<JsonObject> change)
    {
        var plan = JsonNode.Parse(File.ReadAllText(_old))!.AsObject();
        change(plan);
        var path = Path.Combine(_folder.FullName, "new.flowplan.json");
        File.WriteAllText(path, plan.ToJsonString());
        return path;
    }
}
