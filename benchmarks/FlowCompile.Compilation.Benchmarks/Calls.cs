using System.Diagnostics;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>
/// What a setting for each call brings and costs against one for each node: plans of both are compiled on some cases, and their configurations estimated on others that
/// had no part.
/// </summary>
internal static class Calls
{
    private static readonly double[] s_levels = [0.5, 0.75, 0.9, 0.95, 1];

    /// <summary>Writes a table.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="folder">The folder of recorded outcomes; <see langword="null"/> for synthetic ones alone.</param>
    /// <param name="draws">How often cases are drawn.</param>
    public static void Write(TextWriter writer, string? folder, int draws)
    {
        writer.WriteLine("| workflow | compiled on | plan | hypervolume, node | call | difference | standard error | latency at equal accuracy | bias, node | call | proven loss, node | call | time, node | call | allocated, node | call |");
        writer.WriteLine("|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var cases in (int[])[80, 300])
        {
            Write(writer, "replicas, synthetic", cases, draws, seed => Split(RecordedMath.Create(3 * cases, seed), cases));
        }

        foreach (var (name, file, isAsked, runs) in RecordedBias.Tables.Where(table => folder is not null && table.Runs > 1))
        {
            var answers = RecordedAnswers.Read(Path.Combine(folder!, file), isAsked, runs);
            foreach (var cases in (int[])[80, 300])
            {
                Write(writer, $"retry, {name}", cases, draws, seed => RecordedBias.Draw(answers, cases, seed) is var (seen, others)
                    ? (AnswerWorkflows.Retry(answers, seen), AnswerWorkflows.Retry(answers, others[..Math.Min(others.Length, 1500)]))
                    : default);
            }
        }
    }

    private static (ProfileTable Seen, ProfileTable Others) Split(ProfileTable all, int cases) => (Some(all, one => one < cases, 0, cases), Some(all, one => one >= cases, cases, all.Recorded!.Cases - cases));

    private static ProfileTable Some(ProfileTable all, Func<int, bool> isTaken, int first, int count)
    {
        var rows = all.Graph.Nodes.SelectMany((node, i) => all.Of(i).Select(row => (Node: i, row.Setting, Cost: 0.0, Calls: (IReadOnlyCollection<RecordedCall>)
            [.. all.Recorded!.Of(i, row.Setting).Calls.Where(call => isTaken(call.Case)).Select(call => call with { Case = call.Case - first })]))).ToList();
        return new ProfileTable(all.Graph, rows.GroupBy(row => row.Node).ToDictionary(group => all.Graph.Nodes[group.Key].Name, group => (IReadOnlyList<SettingProfile>)
            [.. group.Select(row => new SettingProfile(row.Setting, row.Calls.Where(call => call.State.AllRight).Average(call => call.Score), row.Calls.Average(call => call.Latency), 0, row.Calls.Count))]))
        {
            Recorded = new RecordedOutcomes(all.Graph, count, rows),
        };
    }

    private static void Write(TextWriter writer, string name, int cases, int draws, Func<int, (ProfileTable Seen, ProfileTable Others)> draw)
    {
        var found = new List<(Measured Node, Measured Call, bool IsWhole, double Slowest)>();
        for (var seed = 1; seed <= draws; seed++)
        {
            var (seen, others) = draw(seed);
            var truth = new PairedProxy(others.Recorded!, Schedule.Parallel);

            // The first plan pays for what all need.
            _ = FlowCompiler.Compile(seen);
            Measured[] all = [Measure(seen, truth, false, false), Measure(seen, truth, true, false), Measure(seen, truth, false, true), Measure(seen, truth, true, true)];
            var slowest = 1.01 * all.SelectMany(one => one.Points).Max(point => point.Latency);
            found.AddRange([(all[0], all[1], false, slowest), (all[2], all[3], true, slowest)]);
        }

        foreach (var isWhole in (bool[])[false, true])
        {
            var own = found.Where(one => one.IsWhole == isWhole).Select(one => Compare(one.Node, one.Call, one.Slowest)).ToList();
            double[] gains = [.. own.Select(one => one.Call - one.Node)];
            string[] cells =
            [
                Text($"{name} | {cases} | {(isWhole ? "whole" : "told apart")}"),
                Text($"{own.Average(one => one.Node):0.0000} | {own.Average(one => one.Call):0.0000} | {gains.Average():0.0000} | {ErrorOf(gains):0.0000}"),
                Text($"{Math.Exp(own.Average(one => one.Ratio)):0.000}"),
                Text($"{Mean(one => one.Node.Bias):0.0000} | {Mean(one => one.Call.Bias):0.0000}"),
                Text($"{found.Max(one => one.Node.Loss):0.####} | {found.Max(one => one.Call.Loss):0.####}"),
                Text($"{Mean(one => one.Node.Seconds):0.00} s | {Mean(one => one.Call.Seconds / one.Node.Seconds):0.0} times"),
                Text($"{Mean(one => one.Node.Megabytes):0} MB | {Mean(one => one.Call.Megabytes):0} MB"),
            ];
            writer.WriteLine($"| {string.Join(" | ", cells)} |");

            double Mean(Func<(Measured Node, Measured Call, bool IsWhole, double Slowest), double> of) => found.Where(one => one.IsWhole == isWhole).Average(of);
        }

        writer.Flush();
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static Measured Measure(ProfileTable profile, PairedProxy truth, bool perCall, bool isWhole)
    {
        var (clock, before) = (Stopwatch.StartNew(), GC.GetTotalAllocatedBytes(precise: true));
        var compiled = FlowCompiler.Compile(profile, new CompileOptions { SettingPerCall = perCall, KeepAll = isWhole });
        var (seconds, bytes) = (clock.Elapsed.TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - before);
        List<(Estimate Plan, CallValues Truth)> points = [.. compiled.Plan.Configurations.Select(one => (one.Estimate!, truth.Evaluate(one.Structure, one.Settings)))];
        return new Measured([.. points.Select(one => one.Truth)], points.Average(one => one.Plan.Accuracy - one.Truth.Accuracy), compiled.AccuracyLoss ?? 1, seconds, bytes / 1e6);
    }

    // Volumes reach from no accuracy to all, and to 1 % beyond what is slowest in any of the four plans; they are shares of that. Latencies are compared at shares of the accuracy that both reach.
    private static (double Node, double Call, double Ratio) Compare(Measured node, Measured call, double slowest)
    {
        var most = Math.Min(node.Points.Max(point => point.Accuracy), call.Points.Max(point => point.Accuracy));
        return (Volume(node.Points, slowest), Volume(call.Points, slowest), s_levels.Average(level => Math.Log(Least(call.Points, level * most) / Least(node.Points, level * most))));
    }

    private static double Least(IEnumerable<CallValues> points, double accuracy) => points.Where(point => point.Accuracy >= accuracy - 1e-12).Min(point => point.Latency);

    private static double Volume(IEnumerable<CallValues> points, double slowest)
    {
        var (volume, best) = (0.0, 0.0);
        foreach (var point in points.OrderBy(point => point.Latency))
        {
            volume += Math.Max(0, point.Accuracy - best) * (slowest - point.Latency) / slowest;
            best = Math.Max(best, point.Accuracy);
        }

        return volume;
    }

    private static double ErrorOf(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1) / values.Length);
    }

    private sealed record Measured(IReadOnlyList<CallValues> Points, double Bias, double Loss, double Seconds, double Megabytes);
}
