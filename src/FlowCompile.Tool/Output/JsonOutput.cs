using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Output;

/// <summary>Writes results as JSON on standard output: camel case, texts as they are.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Write(object result) => Terminal.Json(JsonSerializer.Serialize(result, Options));

    /// <summary>An estimate as a plan file has it.</summary>
    public static object? Of(Estimate? estimate) => estimate is null ? null : new
    {
        estimate.Accuracy,
        estimate.RecordedAccuracy,
        estimate.LatencySeconds,
        estimate.Cost,
        estimate.EnergyJoules,
        AccuracyInterval = Of(estimate.AccuracyInterval),
        LatencyInterval = Of(estimate.LatencyInterval),
        estimate.LatencyP50Seconds,
        estimate.LatencyP95Seconds,
        estimate.LatencyP99Seconds,
        CostInterval = Of(estimate.CostInterval),
        EnergyInterval = Of(estimate.EnergyInterval),
        LatencyP50Interval = Of(estimate.LatencyP50Interval),
        LatencyP95Interval = Of(estimate.LatencyP95Interval),
        LatencyP99Interval = Of(estimate.LatencyP99Interval),
        estimate.Cases,
    };

    private static double[]? Of(EstimateInterval? interval) => interval is { } one ? [one.Low, one.High] : null;
}
