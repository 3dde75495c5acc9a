using System.Text.Json;
using FlowCompile.Graph;
using FlowCompile.Profiling.Testing;

namespace FlowCompile.Tool.Output;

/// <summary>A test report for scripts: one JSON object on one line.</summary>
internal static class TestReportJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public static void Write(TestReport report, WorkflowGraph graph) => Terminal.Json(JsonSerializer.Serialize(new
    {
        workflow = report.Plan.Workflow,
        cases = report.Cases,
        configurations = report.Compiled.Select(result => new
        {
            id = result.Configuration.Id,
            predicted = Predicted(result),
            measured = Measured(result),
        }),
        baselines = report.Baselines.Select(one => new
        {
            kind = JsonNamingPolicy.CamelCase.ConvertName(one.Kind.ToString()),
            configuration = one.Result.Configuration.ToText(graph),
            predicted = Predicted(one.Result),
            measured = Measured(one.Result),
        }),
        unmeasuredBaselines = PlanJson.Unmeasured(report.Unmeasured),
        uniform = report.Uniform.Select(result => new { setting = result.Configuration.Id["uniform-".Length..], measured = Measured(result) }),
        fidelity = new { accuracy = Fidelity(report.Accuracy), latency = Fidelity(report.Latency) },
        proxies = report.Proxies?.Overall,
        proxiesByStructure = report.Proxies?.ByStructure.Select(one => new { structure = one.Structure.ToText(graph), configurations = one.Configurations, proxies = one.Proxies }),
        gain = report.Gain is { } gain
            ? new { bestUniform = gain.BestUniform.Configuration.Id["uniform-".Length..], compiled = gain.Compiled?.Configuration.Id, speedup = gain.Speedup }
            : null,
    }, s_options));

    private static object Predicted(HeldOutResult result)
    {
        var estimate = result.Configuration.Estimate!;
        return new
        {
            accuracy = estimate.Accuracy,
            accuracyLow = estimate.AccuracyInterval?.Low,
            accuracyHigh = estimate.AccuracyInterval?.High,
            latencySeconds = estimate.LatencySeconds,
            latencyLow = estimate.LatencyInterval?.Low,
            latencyHigh = estimate.LatencyInterval?.High,
            p50Seconds = estimate.LatencyP50Seconds,
            p95Seconds = estimate.LatencyP95Seconds,
        };
    }

    private static object Measured(HeldOutResult result) => new
    {
        accuracy = result.Accuracy.Value,
        accuracyLow = result.AccuracyInterval.Low,
        accuracyHigh = result.AccuracyInterval.High,
        latencySeconds = result.Latency?.Mean.TotalSeconds,
        p50Seconds = result.Latency?.P50.TotalSeconds,
        p95Seconds = result.Latency?.P95.TotalSeconds,
        failures = result.Failures,

        // In company: the same calls were profiled alone.
        calls = result.Runs.SelectMany(run => run.Calls).GroupBy(call => call.Node).Select(group => new
        {
            node = group.Key,
            setting = group.First().Setting.ToString(),
            count = group.Count(),
            latencySeconds = group.Average(call => call.Latency.TotalSeconds),
        }),
    };

    private static object Fidelity(TestReport.FidelityOf fidelity) => new
    {
        spearman = fidelity.Spearman,
        pairwiseAgreement = fidelity.PairwiseAgreement,
        meanAbsoluteError = fidelity.MeanAbsoluteError,
    };
}
