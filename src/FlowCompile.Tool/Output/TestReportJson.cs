using System.Text.Json;
using FlowCompile.Profiling.Testing;

namespace FlowCompile.Tool.Output;

/// <summary>A test report for scripts: one JSON object on one line.</summary>
internal static class TestReportJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public static void Write(TestReport report, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(new
    {
        workflow = report.Plan.Workflow,
        cases = report.Cases,
        configurations = report.Compiled.Select(result => new
        {
            id = result.Configuration.Id,
            predicted = new { accuracy = result.Configuration.Estimate!.Accuracy, latencySeconds = result.Configuration.Estimate.LatencySeconds },
            measured = Measured(result),
        }),
        uniform = report.Uniform.Select(result => new { setting = result.Configuration.Id["uniform-".Length..], measured = Measured(result) }),
        fidelity = new { accuracy = Fidelity(report.Accuracy), latency = Fidelity(report.Latency) },
        proxies = report.Proxies?.Overall,
        gain = report.Gain is { } gain
            ? new { bestUniform = gain.BestUniform.Configuration.Id["uniform-".Length..], compiled = gain.Compiled?.Configuration.Id, speedup = gain.Speedup }
            : null,
    }, s_options));

    private static object Measured(HeldOutResult result) => new
    {
        accuracy = result.Accuracy.Value,
        accuracyLow = result.AccuracyInterval.Low,
        accuracyHigh = result.AccuracyInterval.High,
        latencySeconds = result.Latency?.Mean.TotalSeconds,
        p50Seconds = result.Latency?.P50.TotalSeconds,
        p95Seconds = result.Latency?.P95.TotalSeconds,
        failures = result.Failures,
    };

    private static object Fidelity(TestReport.FidelityOf fidelity) => new
    {
        spearman = fidelity.Spearman,
        pairwiseAgreement = fidelity.PairwiseAgreement,
        meanAbsoluteError = fidelity.MeanAbsoluteError,
    };
}
