using System.Globalization;
using FlowCompile.Compilation;
using FlowCompile.Graph;
using FlowCompile.Profiling.Testing;

namespace FlowCompile.Tool.Output;

/// <summary>The tables and sentences of a test report, the same on a terminal and in Markdown.</summary>
internal static class TestTables
{
    private static readonly ShownText[] s_compared = [">accuracy predicted", ">measured", ">90 %", ">latency predicted", ">measured", ">p95"];

    public static TestTable Configurations(TestReport report, WorkflowGraph graph) => new(
        $"{report.Plan.Workflow}: predicted against measured on {Results.Count(report.Cases)} {report.CasesAre} ({report.Plan.Proxy} proxy, {report.Plan.Schedule} schedule)",
        ["", .. s_compared, "configuration"],
        [.. report.Compiled.Select(result => (IReadOnlyList<ShownText>)[result.Configuration.Id, .. Compared(result), Results.Configuration(result.Configuration.ToText(graph))])]);

    public static TestTable Baselines(TestReport report, WorkflowGraph graph) => new(
        "Without a compiler",
        ["", .. s_compared, "configuration"],
        [.. report.Baselines.Select(one => (IReadOnlyList<ShownText>)[Words(one.Kind), .. Compared(one.Result), Results.Configuration(one.Result.Configuration.ToText(graph))])]);

    public static IEnumerable<ShownText> Unmeasured(TestReport report) => report.Unmeasured.Select(one =>
        (ShownText)$"{Words(one.Kind)}: {UnmeasuredText.Of(one)}{(one.Kind == BaselineKind.BestUniform ? " Each is run below." : "")}");

    public static TestTable Proxies(FidelityComparison comparison) => new(
        $"The proxies over {comparison.Configurations} configurations, those of the plan and random ones",
        ["proxy", "quantity", ">Spearman", ">attainable", ">pairwise agreement", ">mean absolute error", ">bias", ">covered by 90 %"],
        [.. comparison.Overall.SelectMany(proxy => new[] { Row(proxy.Proxy, "accuracy", proxy.Accuracy, Precise), Row(proxy.Proxy, "latency, ms", proxy.Latency, Milliseconds) })]);

    public static TestTable Uniform(TestReport report) => new(
        "Uniform configurations: the largest structure, one setting everywhere",
        ["", ">accuracy", ">90 %", ">latency", ">p95"],
        [.. report.Uniform.Select(result => (IReadOnlyList<ShownText>)
        [
            result.Configuration.Id["uniform-".Length..],
            Accuracy(result),
            Interval(result),
            Latency(result, latency => latency.Mean),
            Latency(result, latency => latency.P95),
        ])]);

    public static ShownText Fidelity(string of, TestReport.FidelityOf fidelity, string unit) =>
        $"{of}: Spearman {Number(fidelity.Spearman)}, pairwise agreement {Number(fidelity.PairwiseAgreement)}, mean absolute error {Number(fidelity.MeanAbsoluteError)}{unit}";

    public static ShownText Gain(EqualAccuracyComparison? gain)
    {
        if (gain is null)
        {
            return "No uniform configuration finished a run.";
        }

        ShownText best = $"The best uniform configuration ({gain.BestUniform.Configuration.Id["uniform-".Length..]}) has accuracy {Accuracy(gain.BestUniform)} at {Latency(gain.BestUniform, latency => latency.Mean)}";
        return gain.Compiled is { } compiled
            ? (ShownText)$"{best}; {compiled.Configuration.Id} has {Accuracy(compiled)} at {Latency(compiled, latency => latency.Mean)}: {Number(gain.Speedup)} times as fast at no less accuracy."
            : $"{best}; no compiled configuration reached that accuracy.";
    }

    private static IReadOnlyList<ShownText> Compared(HeldOutResult result) =>
    [
        Results.Share(result.Configuration.Estimate!.Accuracy),
        Accuracy(result),
        Interval(result),
        Results.Milliseconds(result.Configuration.Estimate.LatencySeconds),
        Latency(result, latency => latency.Mean),
        Latency(result, latency => latency.P95),
    ];

    private static string Words(BaselineKind kind) => kind switch
    {
        BaselineKind.BestUniform => "one setting everywhere",
        BaselineKind.BestSingle => "one sub-agent",
        BaselineKind.Random => "chosen by chance",
        _ => kind.ToString(),
    };

    private static IReadOnlyList<ShownText> Row(string proxy, string quantity, QuantityFidelity fidelity, Func<double?, string> errorText) =>
    [
        proxy, quantity, Number(fidelity.Spearman), Number(fidelity.AttainableSpearman), Number(fidelity.PairwiseAgreement),
        errorText(fidelity.MeanAbsoluteError), errorText(fidelity.Bias), Number(fidelity.Coverage),
    ];

    private static string Accuracy(HeldOutResult result) => result.Accuracy.Value is { } accuracy ? Results.Share(accuracy) : "-";

    private static string Interval(HeldOutResult result) => result.Accuracy.Count == 0
        ? "-"
        : $"{Results.Share(result.AccuracyInterval.Low)}..{Results.Share(result.AccuracyInterval.High)}";

    private static string Latency(HeldOutResult result, Func<Profiling.LatencySummary, TimeSpan> of) =>
        result.Latency is { } latency ? Results.Milliseconds(of(latency).TotalSeconds) : "-";

    private static string Precise(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";

    private static string Milliseconds(double? seconds) => seconds is { } value ? (value * 1000).ToString("0.00", CultureInfo.InvariantCulture) : "-";

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
