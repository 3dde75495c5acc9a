using System.Diagnostics;
using System.Globalization;
using FlowCompile.Compilation.Tests.Oracle;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>Random graphs against the brute force of the tests, as many as there is time for.</summary>
internal static class OracleRun
{
    /// <summary>Compares, and writes what differs and how much was compared.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="count">How many graphs.</param>
    /// <param name="from">The seed of the first; the tests have those from 0 to 499.</param>
    /// <param name="seconds">After how many seconds no more is begun; the figures are of those that were.</param>
    /// <returns>0, or 1 where something differs.</returns>
    public static int Write(TextWriter writer, int count, int from, double seconds)
    {
        var clock = Stopwatch.StartNew();
        var report = OracleReport.Of(
            from,
            count,
            check =>
            {
                if (check.Found.Count > 0)
                {
                    writer.WriteLine(check.Describe());
                    writer.WriteLine();
                }
            },
            () => clock.Elapsed.TotalSeconds >= seconds);
        writer.WriteLine(report);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0} s"));
        return report.Disagreeing.Count == 0 ? 0 : 1;
    }
}
