using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace FlowCompile.Tool.Tests;

/// <summary>The verbs, as processes of their own, on models of a server that fails by a script.</summary>
public sealed class ServedTests
{
    [Fact]
    public async Task Price_change_ranks_a_plan_anew_without_a_call()
    {
        await using var served = ServedProject.Start();
        var project = served.Project;
        var profiled = await project.ProfileAsync(cases: 6);
        Assert.True(profiled.ExitCode == 0, profiled.Error);
        var before = Configurations(project.Plan);
        var calls = served.Server.Count;

        // What the best one costs is more than what may be spent, and then it is not.
        var best = before.MaxBy(one => one.Accuracy)!;
        Assert.Contains("dear@0", best.Settings, StringComparison.Ordinal);
        Assert.True(BestWithin(before, best.Cost / 2) < best.Accuracy);

        served.Write(cheap: 1, dear: 0.5);
        var compiled = await project.RunAsync("compile", "--no-build", "--store", project.Store, "--plan", project.Plan);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        Assert.Equal(calls, served.Server.Count);
        Assert.Equal(best.Accuracy, BestWithin(Configurations(project.Plan), best.Cost / 2));

        static double BestWithin(IReadOnlyList<Row> rows, double cost) => rows.Where(row => row.Cost <= cost).Select(row => row.Accuracy).DefaultIfEmpty().Max();
    }

    [Fact]
    public async Task Key_gets_into_nothing_that_the_verbs_write()
    {
        await using var served = ServedProject.Start();
        var withKey = 0;
        served.Server.Answers = call =>
        {
            Interlocked.Add(ref withKey, call.Authorization == $"Bearer {ServedProject.Key}" ? 1 : 0);
            return (call.Index % 9) switch { 0 => ChatServer.Answer.QuotesTheKey(401, call), 4 => ChatServer.Answer.QuotesTheKey(500, call), 7 => ChatServer.Answer.Cut(), _ => served.Answer(call) };
        };
        var profiled = await served.Project.ProfileAsync(4, "--verify", "20");
        Assert.True(profiled.ExitCode == 0, profiled.Error);
        Assert.Contains("[key]", profiled.Error, StringComparison.Ordinal);
        Assert.True(withKey > 20);

        // Refused throughout: what is said then comes from the server as well.
        served.Server.Answers = call => ChatServer.Answer.QuotesTheKey(401, call);
        var refused = await served.Project.RunAsync("profile", "--no-build", "--cases", "2", "--store", served.Project.PathOf("other.db"));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("error: Every reference run failed", refused.Error, StringComparison.Ordinal);
        Assert.Contains("[key]", refused.Error, StringComparison.Ordinal);
        var status = await served.Project.RunAsync("profile", "--no-build", "--cases", "2", "--store", served.Project.Store, "--status", "--json");
        Assert.All(new[] { profiled, refused, status }.SelectMany(run => new[] { run.Output, run.Error }), text => Assert.DoesNotContain(ServedProject.Key[..12], text, StringComparison.Ordinal));

        var files = Directory.GetFiles(served.Project.Directory, "*", SearchOption.AllDirectories);
        Assert.Contains(served.Project.Plan, files);
        Assert.Contains(served.Project.Store, files);
        Assert.All(files, file =>
        {
            var bytes = File.ReadAllBytes(file).AsSpan();
            Assert.True(bytes.IndexOf(Encoding.UTF8.GetBytes(ServedProject.Key[..12])) < 0, file);
            Assert.True(bytes.IndexOf(Encoding.Unicode.GetBytes(ServedProject.Key[..12])) < 0, file);
        });
    }

    [Fact]
    public async Task Model_that_always_fails_is_left_out_in_one_line_and_not_named_again_when_it_is_gone()
    {
        await using var served = ServedProject.Start();
        served.Server.Answers = call => call.Model == "cheap" ? new ChatServer.Answer(404, "{}") : served.Answer(call);
        served.Project.Edit("flowcompile.json", "\"maxFailures\": 1", "\"maxFailures\": 0.2");
        var profiled = await served.Project.ProfileAsync(cases: 3);
        Assert.True(profiled.ExitCode == 0, profiled.Error);
        Assert.Contains("calls failed", Assert.Single(profiled.Error.Split('\n'), line => line.Contains("left out under cheap@0", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("no call was measured", profiled.Error, StringComparison.Ordinal);

        served.Project.Edit("flowcompile.json", "\"cheap\": {", "\"cheaper\": {");
        var renamed = await served.Project.RunAsync("compile", "--no-build", "--store", served.Project.Store, "--plan", served.Project.Plan);
        Assert.True(renamed.ExitCode == 0, renamed.Error);
        Assert.All(renamed.Error.Split('\n').Where(line => line.Contains("cheap@0", StringComparison.Ordinal)), line => Assert.Contains("allows no longer", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Setting_that_fails_too_often_is_said_and_left_out()
    {
        await using var served = ServedProject.Start();
        served.Server.Answers = call => call.Model == "cheap" && call.Prompt.StartsWith("[program]", StringComparison.Ordinal) && call.Prompt.Length % 2 == 0
            ? new ChatServer.Answer(500, "{}")
            : served.Answer(call);
        var tolerant = await served.Project.ProfileAsync(cases: 8, "--concurrency", "4");
        Assert.True(tolerant.ExitCode == 0, tolerant.Error);
        Assert.Contains("calls of Programmer under cheap@0", tolerant.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", tolerant.Error, StringComparison.Ordinal);

        served.Project.Edit("flowcompile.json", "\"maxFailures\": 1", "\"maxFailures\": 0.2");
        var strict = await served.Project.RunAsync("compile", "--no-build", "--store", served.Project.Store, "--plan", served.Project.Plan);
        Assert.True(strict.ExitCode == 0, strict.Error);
        Assert.Contains("warning: math: Programmer is left out under cheap@0, where ", strict.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Configurations(served.Project.Plan), row => row.Settings.Contains("\"Programmer\":\"cheap@0\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dry_run_and_status_are_read_by_people_and_programs()
    {
        await using var served = ServedProject.Start();
        string[] look = served.Project.Arguments("profile", "--cases", "4", "--store", served.Project.Store);
        var first = await CommandLine.RunAsync([.. look, "--dry-run"]);
        Assert.Contains("calls to make, 0 outcomes are there", first.Output, StringComparison.Ordinal);
        Assert.Contains("nothing known of", first.Output, StringComparison.Ordinal);
        Assert.Contains("unknown", first.Output, StringComparison.Ordinal);
        Assert.Contains("'--dry-run --probe' makes a few calls of each model", first.Output, StringComparison.Ordinal);
        Assert.Equal(0, served.Server.Count);

        using var unknown = JsonDocument.Parse((await CommandLine.RunAsync([.. look, "--dry-run", "--json"])).Output);
        Assert.Equal(JsonValueKind.Null, unknown.RootElement.GetProperty("cost").ValueKind);
        var probed = await CommandLine.RunAsync([.. look, "--dry-run", "--probe", "2"]);
        Assert.True(probed.ExitCode == 0, probed.Error);
        Assert.InRange(served.Server.Count, 2, 20);
        Assert.Contains($"The probe sent {served.Server.Count} requests and was billed for ", probed.Output, StringComparison.Ordinal);
        Assert.Contains("In all at most ", probed.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandLine.RunAsync([.. look, "--probe"])).ExitCode);
        Assert.Equal(0, (await served.Project.ProfileAsync(cases: 2, "--max-cost", "1", "--max-time", "60", "--no-build")).ExitCode);
        var calls = served.Server.Count;
        using var forecast = JsonDocument.Parse((await CommandLine.RunAsync([.. look, "--dry-run", "--json"])).Output);
        var root = forecast.RootElement;
        Assert.Equal(0, root.GetProperty("unknownCalls").GetInt32());
        Assert.True(root.GetProperty("cost").GetDouble() > 0 && root.GetProperty("seconds").GetDouble() > 0 && root.GetProperty("alreadyThere").GetInt32() > 0);
        Assert.Equal(["cheap", "dear"], root.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("model").GetString()));

        using var status = JsonDocument.Parse((await CommandLine.RunAsync([.. look, "--status", "--json"])).Output);
        Assert.False(status.RootElement.GetProperty("isUpToDate").GetBoolean());
        Assert.Contains(status.RootElement.GetProperty("changes").EnumerateArray(), change => change.GetProperty("kind").GetString() == "Cases");
        Assert.Contains(status.RootElement.GetProperty("nodes").EnumerateArray(), node => node.GetProperty("node").GetString() == "Programmer" && node.GetProperty("missing").GetInt32() > 0);
        Assert.Equal(calls, served.Server.Count);
    }

    [Fact]
    public async Task Judge_scores_what_has_no_score_and_says_how_far_it_agrees_with_labels()
    {
        await using var served = ServedProject.Start();
        served.Write(cheap: 1, dear: 10, """, "reference": "dear@0", "judge": { "setting": "judge@0", "rubric": "It is the answer.", "checks": 8 }""");
        served.Project.Edit("MathWorkflow.cs", "[Workflow(\"math\")]", "[Workflow(\"math\", Models = [\"cheap\", \"dear\"])]");
        served.Project.Edit("MathWorkflow.cs", "    [Score]\n", "");
        var profiled = await served.Project.ProfileAsync(cases: 6);
        Assert.True(profiled.ExitCode == 0, profiled.Error);
        Assert.Contains("RefineSolver, DetailedSolver, GenerateSolver, Select are scored by the judge judge@0.", profiled.Output, StringComparison.Ordinal);
        Assert.Contains("It agrees with the labels of Programmer on 8 of 8 outputs, kappa 1.00: 0 wrong ones it takes for right, 0 right ones for wrong.", profiled.Output, StringComparison.Ordinal);

        string[] look = ["profile", served.Project.Directory, "--no-build", "--cases", "7", "--store", served.Project.Store];
        using var status = JsonDocument.Parse((await CommandLine.RunAsync([.. look, "--status", "--json"])).Output);
        Assert.Equal(8, status.RootElement.GetProperty("judge").GetProperty("agreement")[0].GetProperty("count").GetInt32());
        var forecast = await CommandLine.RunAsync([.. look, "--dry-run"]);
        Assert.Contains("judge (judging)", forecast.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_stop_with_what_is_measured_and_the_same_command_goes_on()
    {
        await using var served = ServedProject.Start();
        var calls = 0;
        foreach (var (option, value, name) in new[] { ("--max-time", "0", "time"), ("--max-cost", "0.002", "cost"), ("--max-tokens", "300", "tokens") })
        {
            var stopped = await served.Project.ProfileAsync(4, [option, value, .. name == "time" ? Array.Empty<string>() : ["--no-build"]]);
            Assert.Contains($"warning: math: stopped by the limit on {name}; the same command without it goes on.", stopped.Error, StringComparison.Ordinal);
            Assert.True(served.Server.Count > calls == (name != "time"));
            Assert.Contains($"This run sent {served.Server.Count - calls} requests and was billed for ", stopped.Error, StringComparison.Ordinal);
            calls = served.Server.Count;
        }

        var rest = await served.Project.ProfileAsync(4, "--no-build");
        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.DoesNotContain("partial", rest.Error, StringComparison.Ordinal);
        Assert.True(served.Server.Count > calls);
    }

    [Fact]
    public async Task Damaged_rows_are_refused_with_the_option_that_sets_them_aside()
    {
        await using var served = ServedProject.Start();
        Assert.Equal(0, (await served.Project.ProfileAsync(3, "--verify", "0")).ExitCode); // another latency may make another plan, which would be run
        using (var connection = new SqliteConnection($"Data Source={served.Project.Store};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE outcomes SET score = 1 - score WHERE key = (SELECT min(key) FROM outcomes)";
            command.ExecuteNonQuery();
        }

        var refused = await served.Project.RunAsync("compile", "--no-build", "--store", served.Project.Store, "--plan", served.Project.Plan);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("1 row is damaged or changed by hand, in outcomes (1); the first is key '", refused.Error, StringComparison.Ordinal);
        Assert.Matches("run 'dotnet flowcompile profile .* --set-damaged-aside', which", refused.Error);
        var calls = served.Server.Count;
        var mended = await served.Project.ProfileAsync(3, "--no-build", "--set-damaged-aside", "--verify", "0");
        Assert.True(mended.ExitCode == 0, mended.Error);
        Assert.Contains("warning: math: 1 row was set aside in ", mended.Error, StringComparison.Ordinal);
        Assert.Equal(calls + 1, served.Server.Count);
    }

    private static List<Row> Configurations(string plan)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(plan));
        return
        [
            .. json.RootElement.GetProperty("configurations").EnumerateArray().Select(one => new Row(
                JsonSerializer.Serialize(one.GetProperty("settings")),
                one.GetProperty("estimate").GetProperty("accuracy").GetDouble(),
                one.GetProperty("estimate").GetProperty("cost").GetDouble())),
        ];
    }

    private sealed record Row(string Settings, double Accuracy, double Cost);
}
