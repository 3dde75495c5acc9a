namespace FlowCompile.Compilation.Benchmarks;

/// <summary>What the bounds by what a second is worth (<c>Frontier/CriticalPath</c>) are good for: every shape under the parallel schedule with them and without.</summary>
internal static class CriticalPathAblation
{
    private const int Runs = 3;

    public static void Write(TextWriter output)
    {
        output.WriteLine("| Shape | Nodes | Proven loss with | without | Processor time with | without | Configurations with | without |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var shape in Enum.GetValues<Shape>())
        {
            foreach (var nodes in (int[])[10, 20, 40, 80])
            {
                var with = Measure(shape, nodes, new CompileOptions());
                var without = Measure(shape, nodes, new CompileOptions { ManyChoices = double.PositiveInfinity });
                output.WriteLine(FormattableString.Invariant(
                    $"| {shape} | {nodes} | {with.Loss:0.000000} | {without.Loss:0.000000} | {with.Milliseconds:0} ms | {without.Milliseconds:0} ms | {with.Configurations} | {without.Configurations} |"));
            }
        }
    }

    // The processor time of the quickest of a few runs: others may be at work on the machine.
    private static (double Loss, double Milliseconds, int Configurations) Measure(Shape shape, int nodes, CompileOptions options)
    {
        var profile = Shapes.Create(shape, nodes);
        var quickest = double.PositiveInfinity;
        CompiledFrontier? compiled = null;
        for (var run = 0; run < Runs; run++)
        {
            var before = Environment.CpuUsage.TotalTime;
            compiled = FlowCompiler.Compile(profile, options);
            quickest = Math.Min(quickest, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        return (compiled!.AccuracyLoss ?? double.NaN, quickest, compiled.Plan.Configurations.Count);
    }
}
