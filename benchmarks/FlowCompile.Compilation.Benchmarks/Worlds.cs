using FlowCompile.Compilation.Tests.KnownTruth;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>How far plans are off where the truth is known, on some numbers of cases.</summary>
internal static class Worlds
{
    // Enough to tell a bias of 0.005 from none.
    private const double Enough = 0.001;

    /// <summary>Writes a table.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="plans">The most plans of each kind.</param>
    /// <param name="kinds">The worlds.</param>
    public static void Write(TextWriter writer, int plans, IEnumerable<KnownWorldKind> kinds)
    {
        writer.WriteLine("| world | cases | plans | configurations | bias, recorded | bias | its standard error | mean absolute error | within 90 % intervals |");
        writer.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var kind in kinds)
        {
            foreach (var cases in (int[])[80, 150, 300])
            {
                var bias = KnownBias.Of(new KnownWorld(kind), cases, plans, first: 1, Enough);
                writer.WriteLine(FormattableString.Invariant(
                    $"| {kind} | {cases} | {bias.Plans} | {bias.Points:0.0} | {bias.Recorded:0.0000} | {bias.Bias:0.0000} | {bias.Error:0.0000} | {bias.Absolute:0.0000} | {bias.Within:0 %} |"));
                writer.Flush();
            }
        }
    }
}
