using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace FlowCompile.Tool.Tests;

/// <summary>The verbs on a real project with models that really run, a few cases each.</summary>
public sealed class MainJobTests : IDisposable
{
    private readonly TestProject _project = new(isBuilt: true);

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Profile_writes_a_plan_that_compile_repeats_to_the_byte_and_test_runs()
    {
        // The verbs build it.
        using var project = new TestProject();
        var profiled = await project.ProfileAsync(4, "--verify", "20");
        Assert.True(profiled.ExitCode == 0, profiled.Error);
        Assert.Contains("c01", profiled.Output, StringComparison.Ordinal);
        Assert.Contains("most accurate", profiled.Output, StringComparison.Ordinal);
        var plan = File.ReadAllBytes(project.Plan);

        var again = project.PathOf("again.json");
        var compiled = await project.RunAsync("compile", "--store", project.Store, "--plan", again);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        Assert.Equal(plan, File.ReadAllBytes(again));

        var tested = await project.RunAsync("test", "--plan", project.Plan, "--store", project.Store, "--cases", "2", "--random", "3", "--json");
        Assert.True(tested.ExitCode == 0, tested.Error);
        using var report = JsonDocument.Parse(tested.Output);
        Assert.Equal(2, report.RootElement.GetProperty("cases").GetInt32());
        Assert.Equal(["bestUniform", "bestSingle", "random"], report.RootElement.GetProperty("baselines").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        Assert.All(report.RootElement.GetProperty("baselines").EnumerateArray(), one => Assert.InRange(one.GetProperty("measured").GetProperty("accuracy").GetDouble(), 0, 1));
        Assert.All(report.RootElement.GetProperty("configurations").EnumerateArray(), one => Assert.NotEmpty(one.GetProperty("measured").GetProperty("calls").EnumerateArray()));
        Assert.Equal(["independent", "paired"], report.RootElement.GetProperty("proxies").EnumerateArray().Select(proxy => proxy.GetProperty("proxy").GetString()));
    }

    [Fact]
    public async Task A_test_on_the_validation_cases_writes_tables_to_paste()
    {
        Assert.Equal(0, (await _project.ProfileAsync()).ExitCode);
        var tested = await _project.RunAsync("test", "--plan", _project.Plan, "--store", _project.Store, "--cases", "1", "--random", "2", "--validation", "--markdown");
        Assert.True(tested.ExitCode == 0, tested.Error);
        var lines = tested.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Contains("math: predicted against measured on 1 validation cases (paired proxy, parallel schedule):", lines);
        Assert.Contains("| | accuracy predicted | measured | 90 % | latency predicted | measured | p95 | configuration |", lines);
        foreach (var row in new[] { "| c01 |", "| paired | accuracy |", "| one sub-agent |", "| mini@64 |" })
        {
            Assert.Contains(lines, line => line.StartsWith(row, StringComparison.Ordinal) && line.EndsWith(" |", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_second_profile_measures_nothing()
    {
        Assert.Equal(0, (await _project.ProfileAsync()).ExitCode);
        var plan = File.ReadAllBytes(_project.Plan);
        var second = await _project.ProfileAsync();
        Assert.Equal(0, second.ExitCode);
        Assert.DoesNotContain("/s", second.Error, StringComparison.Ordinal);
        Assert.Equal(plan, File.ReadAllBytes(_project.Plan));
    }

    [Fact]
    public async Task A_plan_is_verified_end_to_end_once_and_says_so()
    {
        var unverified = await _project.ProfileAsync(3, "--verify", "0");
        Assert.True(unverified.ExitCode == 0, unverified.Error);
        Assert.False(PlanOf().RootElement.TryGetProperty("verification", out _));
        var look = await _project.RunAsync("profile", "--cases", "3", "--store", _project.Store, "--dry-run", "--json", "--verify", "2");
        using var forecast = JsonDocument.Parse(look.Output);
        var expected = forecast.RootElement.GetProperty("verification");
        Assert.False(expected.GetProperty("isAssumed").GetBoolean());

        var verified = await _project.ProfileAsync(3, "--verify", "2");
        Assert.True(verified.ExitCode == 0, verified.Error);
        Assert.Contains("Verified by ", verified.Output, StringComparison.Ordinal);
        using var plan = PlanOf();
        var found = plan.RootElement.GetProperty("verification");
        Assert.Equal((2, expected.GetProperty("runs").GetInt32()), (found.GetProperty("cases").GetInt32(), found.GetProperty("runs").GetInt32()));
        Assert.Equal(2 * plan.RootElement.GetProperty("configurations").GetArrayLength(), found.GetProperty("runs").GetInt32());
        Assert.True(found.GetProperty("latency").GetProperty("ratio").GetDouble() > 0);

        // What is there is not run again, and compiling from the store gives the same plan, without a call.
        var bytes = File.ReadAllBytes(_project.Plan);
        Assert.DoesNotContain("/s", (await _project.ProfileAsync(3, "--verify", "2")).Error, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(_project.Plan));
        Assert.Equal(0, (await _project.RunAsync("compile", "--store", _project.Store, "--plan", _project.Plan)).ExitCode);
        Assert.Equal(bytes, File.ReadAllBytes(_project.Plan));
        var status = await _project.RunAsync("profile", "--cases", "3", "--store", _project.Store, "--status");
        Assert.Contains("Plans of this profile are verified by ", status.Output, StringComparison.Ordinal);

        JsonDocument PlanOf() => JsonDocument.Parse(File.ReadAllBytes(_project.Plan));
    }

    [Fact]
    public async Task Settings_that_the_frontier_does_without_are_dropped_and_named_and_an_exhaustive_profile_measures_them()
    {
        var raced = await _project.ProfileAsync(cases: 21);
        Assert.True(raced.ExitCode == 0, raced.Error);
        Assert.Contains("math: no longer measured: ", raced.Error, StringComparison.Ordinal);
        Assert.Contains("after 20 cases the frontier loses at most", raced.Error, StringComparison.Ordinal);
        var exhaustive = await _project.ProfileAsync(21, "--exhaustive");
        Assert.True(exhaustive.ExitCode == 0, exhaustive.Error);
        Assert.DoesNotContain("no longer measured", exhaustive.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_as_json_is_the_only_thing_on_standard_output()
    {
        var run = await _project.ProfileAsync(2, "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        using var result = JsonDocument.Parse(run.Output);
        Assert.Equal("math", result.RootElement.GetProperty("workflow").GetString());
        Assert.True(result.RootElement.GetProperty("configurations").GetArrayLength() > 0);
    }

    [Fact]
    public async Task What_a_profile_would_do_and_what_it_lacks_is_said_without_a_call()
    {
        var before = await _project.RunAsync("profile", "--cases", "2", "--store", _project.Store, "--dry-run", "--json");
        Assert.True(before.ExitCode == 0, before.Error);
        using (var forecast = JsonDocument.Parse(before.Output))
        {
            Assert.True(forecast.RootElement.GetProperty("calls").GetInt32() > 0);
            Assert.Equal(0, forecast.RootElement.GetProperty("alreadyThere").GetInt32());
        }

        Assert.Equal(0, (await _project.ProfileAsync()).ExitCode);
        var after = await _project.RunAsync("profile", "--cases", "2", "--store", _project.Store, "--status");
        Assert.Contains("math: the profile is up to date", after.Output, StringComparison.Ordinal);
        _project.Edit("MathWorkflow.cs", "[detail]", "[solve]");
        var edited = await _project.RunAsync("profile", "--cases", "2", "--store", _project.Store, "--status");
        Assert.Contains("math: the profile is not up to date", edited.Output, StringComparison.Ordinal);
        Assert.Contains("DetailedSolver", edited.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_stops_a_profile_with_what_is_measured()
    {
        var run = await _project.ProfileAsync(20, "--max-tokens", "20000");
        Assert.Contains("warning: math: stopped by the limit on tokens", run.Error, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.Exists(_project.Plan));
    }

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_where_it_was()
    {
        using (var process = CommandLine.Start(_project.Arguments("profile", "--cases", "40", "--store", _project.Store, "--plan", _project.Plan)))
        {
            await WaitForMeasuringAsync(process);
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.False(File.Exists(_project.Plan));
        var resumed = await _project.ProfileAsync(cases: 40);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.True(File.Exists(_project.Plan));
    }

    [Fact]
    public async Task Interrupted_it_says_so_in_one_line_and_ends_with_130()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // No signal can be sent to another console's process there.
        }

        using var process = CommandLine.Start(_project.Arguments("profile", "--cases", "40", "--store", _project.Store, "--plan", _project.Plan));
        var progress = await WaitForMeasuringAsync(process);
        var rest = process.StandardError.ReadToEndAsync();
        Assert.Equal(0, Kill(process.Id, SigInt));
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.EndsWith("Stopped. What was measured is kept; run the same command to go on.", (progress + await rest).TrimEnd(), StringComparison.Ordinal);
        Assert.False(File.Exists(_project.Plan));
    }

    private const int SigInt = 2;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    // The first line of progress on sub-agents: outcomes are arriving.
    private static async Task<string> WaitForMeasuringAsync(Process process)
    {
        var seen = "";
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            seen += line + "\n";
            if (line.StartsWith("Measuring sub-agents", StringComparison.Ordinal))
            {
                return seen;
            }
        }

        throw new InvalidOperationException($"It ended before it measured: {seen}");
    }
}
