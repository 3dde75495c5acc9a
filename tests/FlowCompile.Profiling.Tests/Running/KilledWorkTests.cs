using System.IO.Compression;
using FlowCompile.Plans;
using FlowCompile.Profiling.TestHost;
using Xunit.Abstractions;

namespace FlowCompile.Profiling.Tests.Running;

/// <summary>
/// Kills at random moments of work that is more than measuring. The environment variable <c>FLOWCOMPILE_KILLS</c> says how many of each
/// (default 6).
/// </summary>
public sealed class KilledWorkTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int s_kills = int.TryParse(Environment.GetEnvironmentVariable("FLOWCOMPILE_KILLS"), out var kills) ? kills : 6;
    private readonly Random _random = new(20261130);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Profile_with_a_limit_repeats_nothing_and_no_run_takes_more_than_its_limit()
    {
        const int cases = 12;
        const long limit = 6000;
        var whole = new ProfileRun(_folder.File("whole.db"));
        var expected = ProfileSummary.HashOutcomes((await whole.RunAsync(cases)).Outcomes, withTimes: false);
        var largest = whole.Calls.Max(KilledRuns.TokensOf);
        var (file, store) = (_folder.Write("cases.jsonl", Doubling.CaseLines(cases)), _folder.File("store.db"));
        var (known, midway) = (new Dictionary<string, string>(), 0);
        for (var run = 0; run < s_kills; run++)
        {
            var log = _folder.File($"calls{run}");
            using (var host = await KilledProcess.StartAsync("capped", store, file, log, $"{limit}"))
            {
                await host.KillAfterAsync(TimeSpan.FromMilliseconds(_random.Next(700)));
            }

            var calls = File.ReadAllLines(log).Select(line => line.Split('\t', 2)).ToList();
            var tokens = calls.Sum(call => long.Parse(call[0], System.Globalization.CultureInfo.InvariantCulture));
            output.WriteLine($"run {run}: {calls.Count} calls, {tokens} tokens, {known.Count} outcomes before");
            midway += tokens < limit ? 1 : 0;
            Assert.InRange(tokens, 0, limit + (3 * largest));
            Assert.DoesNotContain(KeptOutcomes.CellCalls(calls.Select(call => call[1])), known.ContainsKey);
            known = KeptOutcomes.Check(store, known);
        }

        Assert.InRange(midway, 1, s_kills);
        var rest = new ProfileRun(store);
        Assert.Equal(expected, ProfileSummary.HashOutcomes((await rest.RunAsync(cases)).Outcomes, withTimes: false));
        Assert.DoesNotContain(KeptOutcomes.CellCalls(rest.Calls.Select(call => call.ToString())), known.ContainsKey);
    }

    [Fact]
    public async Task Probe_killed_at_random_moments_loses_nothing_and_what_it_asked_is_not_asked_again()
    {
        const int cases = 3;
        var file = _folder.Write("cases.jsonl", Doubling.CaseLines(cases));
        var expected = ProfileSummary.HashOutcomes((await new ProfileRun(_folder.File("whole.db")).RunAsync(cases)).Outcomes, withTimes: false);
        var (stores, midway, kept, known) = (1, 0, 0, new Dictionary<string, string>());
        for (var run = 0; run < s_kills; run++)
        {
            var log = _folder.File($"probed{run}");
            using var host = await KilledProcess.StartAsync("probed", Store(), file, log);
            // In the reference runs of the case, which come first, or among its cells, at most three of which are under way at once.
            var begun = run % 3 * 3;
            await host.UntilAsync(() => CellCalls(log).Count >= begun);
            var killed = await host.KillAfterAsync(TimeSpan.FromMilliseconds(_random.Next(begun > 0 ? 15 : 60)));
            output.WriteLine($"run {run}: {(killed ? "killed" : "ended")} after {CellCalls(log).Count} cells begun, {known.Count} outcomes before");
            midway += killed ? 1 : 0;
            Assert.DoesNotContain(CellCalls(log), known.ContainsKey);
            known = KeptOutcomes.Check(Store(), known);
            kept += known.Count;
            if (!killed)
            {
                await EndAsync();
                (stores, known) = (stores + 1, []);
            }
        }

        Assert.InRange(midway, 1, s_kills);
        Assert.True(kept > 0);
        await EndAsync();

        string Store() => _folder.File($"store{stores}.db");

        // A last probe knows of every call, and the profile is that of a store that nobody disturbed.
        async Task EndAsync()
        {
            var log = _folder.File($"end{stores}");
            using (var host = await KilledProcess.StartAsync("probed", Store(), file, log))
            {
                Assert.Equal("0", await host.ResultAsync());
            }

            Assert.DoesNotContain(CellCalls(log), known.ContainsKey);
            known = KeptOutcomes.Check(Store(), known);
            var rest = new ProfileRun(Store());
            Assert.Equal(expected, ProfileSummary.HashOutcomes((await rest.RunAsync(cases)).Outcomes, withTimes: false));
            Assert.DoesNotContain(KeptOutcomes.CellCalls(rest.Calls.Select(call => call.ToString())), known.ContainsKey);
        }

        static List<string> CellCalls(string log) => KeptOutcomes.CellCalls(File.ReadAllLines(log).Select(line => line.Split('\t')[1]));
    }

    [Fact]
    public async Task Store_killed_while_it_becomes_one_of_today_is_an_old_one_or_a_new_one()
    {
        var old = Unpack();
        const string Outcomes = "SELECT key || ' ' || COALESCE(score, '') || ' ' || output_tokens || ' ' || latency_us || ' ' || COALESCE(output, '') FROM outcomes ORDER BY key";
        var before = KeptOutcomes.Rows(Write("before.db", old), Outcomes);
        var versions = new List<string>();
        for (var run = 0; run < s_kills; run++)
        {
            var store = Write($"store{run}.db", old);
            using (var host = await KilledProcess.StartAsync("open", store))
            {
                await host.KillAfterAsync(TimeSpan.FromMilliseconds(_random.Next(run % 2 == 0 ? 40 : 200)));
            }

            versions.Add(KeptOutcomes.Rows(store, "SELECT CAST(user_version AS TEXT) FROM pragma_user_version")[0]);
            Assert.Contains(versions[^1], (string[])["2", $"{StoreSchema.Version}"]);
            Assert.Equal(before, KeptOutcomes.Rows(store, Outcomes));
            using (var opened = ProfileStore.Open(store))
            {
                Assert.True(ProfileSummary.Read(opened, Doubling.Settings()).IsComplete);
            }

            Assert.Equal(before, KeptOutcomes.Rows(store, Outcomes));
        }

        output.WriteLine($"versions after the kills: {string.Join(' ', versions)}");
    }

    [Fact]
    public async Task Plan_killed_while_it_is_written_is_the_old_one_or_the_new_one()
    {
        var path = _folder.File("doubling.flowplan.json");
        var (one, other) = (PlanFile.Serialize(KilledRuns.Plan(300), DoublingWorkflow.Graph), PlanFile.Serialize(KilledRuns.Plan(400), DoublingWorkflow.Graph));
        await File.WriteAllBytesAsync(path, one);
        for (var run = 0; run < s_kills; run++)
        {
            using (var host = await KilledProcess.StartAsync("write", path))
            {
                await host.KillAfterAsync(TimeSpan.FromMilliseconds(_random.Next(250)));
            }

            var bytes = await File.ReadAllBytesAsync(path);
            Assert.True(bytes.SequenceEqual(one) || bytes.SequenceEqual(other), $"run {run}: {bytes.Length} bytes");
            Assert.InRange(PlanFile.Read(path, DoublingWorkflow.Graph).Configurations.Count, 300, 400);
        }
    }

    [Fact]
    public async Task Profile_killed_while_it_waits_for_a_server_that_loads_its_model_has_no_failure_and_doubles_nothing()
    {
        const int cases = 4;
        var file = _folder.Write("cases.jsonl", Doubling.CaseLines(cases));
        await using var server = await LoadingServer.StartAsync();
        server.IsLoaded = true;
        var whole = await ServedAsync("whole.db");
        var answers = server.Answers;
        var store = _folder.File("store.db");
        server.IsLoaded = false;
        for (var run = 0; run < Math.Max(2, s_kills / 3); run++)
        {
            var refused = server.Refusals;
            using var host = await KilledProcess.StartAsync("served", store, file, $"{server.Endpoint}");
            while (server.Refusals < refused + 3)
            {
                await Task.Delay(5);
            }

            await host.KillAfterAsync(TimeSpan.FromMilliseconds(_random.Next(100)));
            Assert.Empty(KeptOutcomes.Rows(store, "SELECT key FROM outcomes"));
        }

        server.IsLoaded = true;
        Assert.Equal(whole, await ServedAsync("store.db"));
        Assert.Equal(answers * 2, server.Answers);
        Assert.StartsWith("0 True ", whole, StringComparison.Ordinal);

        async Task<string> ServedAsync(string name)
        {
            using var host = await KilledProcess.StartAsync("served", _folder.File(name), file, $"{server.Endpoint}");
            return await host.ResultAsync();
        }
    }

    private static byte[] Unpack()
    {
        using var packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Store", "data", "version2.db.gz"));
        using var stream = new GZipStream(packed, CompressionMode.Decompress);
        using var store = new MemoryStream();
        stream.CopyTo(store);
        return store.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }
}
