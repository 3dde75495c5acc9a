using System.Globalization;
using FlowCompile.Compilation;
using FlowCompile.Graph;
using FlowCompile.Profiling.Testing;

namespace FlowCompile.Tool.Output;

/// <summary>A test report for people.</summary>
internal static class TestReportText
{
    public static void Write(TestReport report, WorkflowGraph graph)
    {
        Results.Heading($"{report.Plan.Workflow}: predicted against measured on {Results.Count(report.Cases)} held-out cases ({report.Plan.Proxy} proxy, {report.Plan.Schedule} schedule)");
        Results.Table(
            ["", ">accuracy predicted", ">measured", ">90 %", ">latency predicted", ">measured", ">p95", "configuration"],
            report.Compiled.Select(result => (IReadOnlyList<string>)
            [
                result.Configuration.Id,
                Results.Share(result.Configuration.Estimate!.Accuracy),
                Accuracy(result),
                Interval(result),
                Results.Milliseconds(result.Configuration.Estimate.LatencySeconds),
                Latency(result, latency => latency.Mean),
                Latency(result, latency => latency.P95),
                result.Configuration.ToText(graph),
            ]));
        Fidelity("accuracy", report.Accuracy, "");
        Fidelity("latency", report.Latency, " s");
        if (report.Proxies is { } proxies)
        {
            Proxies(proxies);
        }

        Results.Line("");
        Results.Heading("Uniform configurations: the largest structure, one setting everywhere");
        Results.Table(
            ["", ">accuracy", ">90 %", ">latency", ">p95"],
            report.Uniform.Select(result => (IReadOnlyList<string>)
            [
                result.Configuration.Id["uniform-".Length..],
                Accuracy(result),
                Interval(result),
                Latency(result, latency => latency.Mean),
                Latency(result, latency => latency.P95),
            ]));
        Results.Line(Gain(report.Gain));
        foreach (var result in report.Compiled.Concat(report.Uniform).Where(result => result.Failures > 0))
        {
            Results.Warning($"{result.Configuration.Id} failed {result.Failures} of {result.Runs.Count} runs; the first: {result.Runs.First(run => run.Error is not null).Error}");
        }
    }

    private static void Proxies(FidelityComparison comparison)
    {
        Results.Line("");
        Results.Heading($"The proxies over {comparison.Configurations} configurations, those of the plan and random ones");
        Results.Table(
            ["proxy", "quantity", ">Spearman", ">pairwise agreement", ">mean absolute error", ">bias", ">covered by 90 %"],
            comparison.Overall.SelectMany(proxy => new[] { Row(proxy.Proxy, "accuracy", proxy.Accuracy), Row(proxy.Proxy, "latency, s", proxy.Latency) }));
    }

    private static IReadOnlyList<string> Row(string proxy, string quantity, QuantityFidelity fidelity) =>
    [
        proxy, quantity, Number(fidelity.Spearman), Number(fidelity.PairwiseAgreement), Precise(fidelity.MeanAbsoluteError), Precise(fidelity.Bias), Number(fidelity.Coverage),
    ];

    private static string Precise(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";

    private static void Fidelity(string of, TestReport.FidelityOf fidelity, string unit) => Results.Line(
        $"{of}: Spearman {Number(fidelity.Spearman)}, pairwise agreement {Number(fidelity.PairwiseAgreement)}, mean absolute error {Number(fidelity.MeanAbsoluteError)}{unit}");

    private static string Gain(EqualAccuracyComparison? gain)
    {
        if (gain is null)
        {
            return "No uniform configuration finished a run.";
        }

        var best = $"The best uniform configuration ({gain.BestUniform.Configuration.Id["uniform-".Length..]}) has accuracy {Accuracy(gain.BestUniform)} at {Latency(gain.BestUniform, latency => latency.Mean)}";
        return gain.Compiled is { } compiled
            ? $"{best}; {compiled.Configuration.Id} has {Accuracy(compiled)} at {Latency(compiled, latency => latency.Mean)}: {Number(gain.Speedup)} times as fast at no less accuracy."
            : $"{best}; no compiled configuration reached that accuracy.";
    }

    private static string Accuracy(HeldOutResult result) => result.Accuracy.Value is { } accuracy ? Results.Share(accuracy) : "-";

    private static string Interval(HeldOutResult result) => result.Accuracy.Count == 0
        ? "-"
        : $"{Results.Share(result.AccuracyInterval.Low)}..{Results.Share(result.AccuracyInterval.High)}";

    private static string Latency(HeldOutResult result, Func<Profiling.LatencySummary, TimeSpan> of) =>
        result.Latency is { } latency ? Results.Milliseconds(of(latency).TotalSeconds) : "-";

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-";
}
