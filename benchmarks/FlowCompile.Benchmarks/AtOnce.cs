using System.Diagnostics;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Benchmarks;

/// <summary>Many runs at once, with models that answer after a while: what a run under way holds in memory, and how late the last ones are.</summary>
internal static class AtOnce
{
    private const string Problem = "ann has 21 books . then ann has twice as many books . how many books does ann have now ?";
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(int runs)
    {
        var model = new LateModel(s_answer);
        var byHand = new HandWrittenMath(model, model);
        var workflow = new MathWorkflow
        {
            Models = new ModelCatalog().Add("nano", model).Add("micro", model, leaveOpen: true).Add("mini", model, leaveOpen: true),
        };
        (string Name, Func<CancellationToken, Task> Run)[] ways =
        [
            ("by hand", token => byHand.RunAsync(Problem, calls: null, token)),
            ("by hand, with records", token => byHand.RunAsync(Problem, new List<CallRecord>(6), token)),
            ("workflow", token => workflow.RunAsync(Problem, Preference.MostAccurate, token)),
        ];
        Console.WriteLine(FormattableString.Invariant(
            $"{runs} runs at once, models that answer after {s_answer.TotalSeconds} s; a run is three calls deep, so none is done before {3 * s_answer.TotalSeconds} s"));
        Console.WriteLine("| | bytes a run under way | s to start all | s p50 | p95 | p99 | max |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (name, way) in ways)
        {
            await MeasureAsync(way, runs); // warms up
            var (bytes, started, times) = await MeasureAsync(way, runs);
            Console.WriteLine(FormattableString.Invariant(
                $"| {name} | {bytes} | {started:0.000} | {At(0.5):0.000} | {At(0.95):0.000} | {At(0.99):0.000} | {times[^1]:0.000} |"));

            double At(double quantile) => times[(int)Math.Ceiling(times.Length * quantile) - 1];
        }
    }

    private static async Task<(long Bytes, double Started, double[] Times)> MeasureAsync(Func<CancellationToken, Task> run, int runs)
    {
        using var caller = new CancellationTokenSource();
        var tasks = new Task<double>[runs];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++)
        {
            tasks[i] = TimeAsync(run, caller.Token);
        }

        var started = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / runs;
        var times = await Task.WhenAll(tasks).ConfigureAwait(false);
        Array.Sort(times);
        return (bytes, started, times);
    }

    private static async Task<double> TimeAsync(Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await run(cancellationToken).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
