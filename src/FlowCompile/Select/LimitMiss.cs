using System.Globalization;

namespace FlowCompile;

/// <summary>A limit of a preference that a configuration does not keep.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Allowed">What it allows, in its own unit; infinite where only a measured value is asked for.</param>
/// <param name="Actual">What the configuration is expected to have; <see langword="null"/> where the plan does not know.</param>
public sealed record LimitMiss(PreferenceLimit Limit, double Allowed, double? Actual)
{
    /// <summary>By how much the limit is missed; <see langword="null"/> where the plan does not know.</summary>
    public double? By => Actual is { } actual ? Math.Abs(actual - Allowed) : null;

    /// <summary>The miss in words: <c>accuracy 0.55, 0.25 too little</c>.</summary>
    public override string ToString() => By is { } by
        ? $"{Name(Limit)} {Text(Limit, Actual!.Value)}, {Text(Limit, by)} too {(Limit == PreferenceLimit.Accuracy ? "little" : "much")}"
        : $"{Name(Limit)} unknown, for it was not measured";

    internal static string Name(PreferenceLimit limit) => limit switch
    {
        PreferenceLimit.Latency => "mean latency",
        PreferenceLimit.LatencyP50 => "p50 latency",
        PreferenceLimit.LatencyP95 => "p95 latency",
        PreferenceLimit.Cost => "cost",
        PreferenceLimit.Energy => "energy",
        _ => "accuracy",
    };

    internal static string Text(PreferenceLimit limit, double value) => limit switch
    {
        <= PreferenceLimit.LatencyP95 => string.Create(CultureInfo.InvariantCulture, $"{value * 1000:G6} ms"),
        PreferenceLimit.Energy => string.Create(CultureInfo.InvariantCulture, $"{value:G6} J"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:G6}"),
    };
}
