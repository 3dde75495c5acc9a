using System.Diagnostics;

namespace FlowCompile.Benchmarks;

/// <summary>
/// What <see cref="RunBenchmarks"/> measures, in short turns one after another and by the quickest turn of each: a ratio that a machine with other
/// work gives too.
/// </summary>
internal static class RunRatio
{
    private const int Turns = 400;
    private const int RunsATurn = 2000;

    public static async Task RunAsync()
    {
        var benchmarks = new RunBenchmarks();
        (string Name, Func<Task> Run)[] ways =
        [
            ("by hand", benchmarks.HandWrittenWhenAll),
            ("by hand, with records", benchmarks.HandWrittenWithRecords),
            ("workflow", benchmarks.Workflow),
        ];
        var (times, bytes) = (new double[ways.Length], new long[ways.Length]);
        Array.Fill(times, double.MaxValue);
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var i = 0; i < ways.Length; i++)
            {
                var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                for (var run = 0; run < RunsATurn; run++)
                {
                    await ways[i].Run().ConfigureAwait(false);
                }

                times[i] = Math.Min(times[i], Stopwatch.GetElapsedTime(start).TotalMicroseconds / RunsATurn);
                bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - allocated) / RunsATurn;
            }
        }

        Console.WriteLine("| | microseconds a run | bytes a run | to by hand | to by hand with records | more a node than by hand, microseconds |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (var i = 0; i < ways.Length; i++)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"| {ways[i].Name} | {times[i]:0.00} | {bytes[i]} | {times[i] / times[0]:0.00} | {times[i] / times[1]:0.00} | {(times[i] - times[0]) / 7:0.000} |"));
        }
    }
}
