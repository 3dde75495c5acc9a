using FlowCompile.Profiling.TestHost;
using Xunit.Abstractions;

namespace FlowCompile.Profiling.Tests.Running;

public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Concurrency = 3;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // In batches more calls are under way at once: two batches for each worker, a call for each of two budgets. They begin when thirty calls of a setting are timed, which is done before.
    [Theory]
    [InlineData(20, 20, 1, Concurrency)]
    [InlineData(5, 60, 4, Concurrency * 4 * 2 * 2)]
    [InlineData(5, 30, 1, Concurrency, 20)]
    public async Task Profile_killed_at_random_moments_loses_nothing_doubles_nothing_and_ends_as_if_undisturbed(int most, int count, int batch, int atOnce, int settled = 0)
    {
        const int seed = 20261123;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var expected = ProfileSummary.HashOutcomes((await Run("undisturbed.db", settled).RunAsync(count)).Outcomes, withTimes: false);
        var cases = _folder.Write("cases.jsonl", Doubling.CaseLines(count));
        var (kills, stores, cutShort) = (0, 0, 0);
        while (kills < most)
        {
            var store = _folder.File($"store{++stores}.db");
            if (batch > 1)
            {
                await new ProfileRun(store).RunAsync(30);
            }

            var known = KeptOutcomes.Check(store, []);
            var (measured, before) = (known.Count, kills);
            for (var done = false; !done;)
            {
                var log = _folder.File($"calls{stores}-{kills}");
                using var host = new HostProcess(store, cases, delay: batch > 1 ? 60 : 20, Concurrency, log, batch, settled);
                var moment = TimeSpan.FromMilliseconds(random.Next(900));
                if (kills % 4 > 0)
                {
                    // Each fourth moment counts from the start of the process, so as to hit its opening of the store; the others from its first call, or where
                    // batches or a race are meant, from the first that measures a cell.
                    await host.CallingAsync(batch > 1 || settled > 0 ? () => KeptOutcomes.CellCalls(log).Count > 0 : null);
                }

                done = kills == most || !await host.KillAfterAsync(moment);
                if (done)
                {
                    Assert.Equal(expected, await host.ResultAsync());
                }
                else
                {
                    kills++;
                }

                var calls = KeptOutcomes.CellCalls(log);
                cutShort += !done && calls.Count > 0 ? 1 : 0;
                measured += calls.Count;
                Assert.DoesNotContain(calls, known.ContainsKey);
                known = KeptOutcomes.Check(store, known);
            }

            // Every call gave its one outcome, but for those that a kill cut short.
            Assert.InRange(measured, known.Count, known.Count + ((kills - before) * atOnce));
            output.WriteLine($"store {stores}: {kills - before} kills, {known.Count} outcomes of {measured} calls");
        }

        output.WriteLine($"{cutShort} kills in the middle of measuring");
        Assert.InRange(cutShort, 1, most);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Two_processes_on_one_store_measure_every_cell_exactly_once(int settled)
    {
        var run = Run("alone.db", settled);
        var alone = await run.RunAsync(20);
        var cases = _folder.Write("cases.jsonl", Doubling.CaseLines(20));
        var store = _folder.File("store.db");

        // Neither is through before the other has begun.
        using var first = new HostProcess(store, cases, delay: 20, Concurrency, _folder.File("calls-1"), settled: settled, until: _folder.File("calls-2"));
        using var second = new HostProcess(store, cases, delay: 20, Concurrency, _folder.File("calls-2"), settled: settled, until: _folder.File("calls-1"));
        var expected = ProfileSummary.HashOutcomes(alone.Outcomes, withTimes: false);

        Assert.Equal(expected, await first.ResultAsync());
        Assert.Equal(expected, await second.ResultAsync());
        var (one, two) = (File.ReadAllLines(_folder.File("calls-1")), File.ReadAllLines(_folder.File("calls-2")));
        Assert.NotEmpty(one);
        Assert.NotEmpty(two);
        Assert.Equal(run.Calls.Select(call => call.ToString()).Order(), one.Concat(two).Order());
        Assert.Empty(KeptOutcomes.Rows(store, "SELECT key FROM claims"));
    }

    private ProfileRun Run(string store, int settled) =>
        new(_folder.File(store)) { Options = new ProfilerOptions { Concurrency = 4, Race = settled > 0 ? new DropAfter(10, settled) : null } };
}
