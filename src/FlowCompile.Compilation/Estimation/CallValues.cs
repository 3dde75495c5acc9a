namespace FlowCompile.Compilation;

/// <summary>What one call, or everything up to a point, comes to.</summary>
/// <param name="Accuracy">The probability of being right.</param>
/// <param name="Latency">The mean latency in seconds.</param>
/// <param name="Cost">The mean cost.</param>
/// <param name="Energy">The mean energy in joules; not a number where it was not measured.</param>
internal readonly record struct CallValues(double Accuracy, double Latency, double Cost, double Energy = 0)
{
    /// <summary>The energy for an estimate; <see langword="null"/> where it was not measured.</summary>
    public double? KnownEnergy => double.IsNaN(Energy) ? null : Energy;

    /// <summary>What one call comes to.</summary>
    public static CallValues Of(in SettingProfile row) => new(row.Accuracy, row.LatencySeconds, row.Cost, row.EnergyJoules ?? double.NaN);
}
