namespace FlowCompile.Compilation.Benchmarks;

/// <summary>What the growth benchmarks compile to, under both schedules.</summary>
internal static class Losses
{
    public static void Write(TextWriter output)
    {
        output.WriteLine("| Shape | Nodes | Schedule | Configurations | Proven loss of accuracy |");
        output.WriteLine("|---|---:|---|---:|---:|");
        foreach (var shape in Enum.GetValues<Shape>())
        {
            foreach (var nodes in (int[])[10, 20, 40, 80])
            {
                foreach (var schedule in (Schedule[])[Schedule.Sequential, Schedule.Parallel])
                {
                    var compiled = FlowCompiler.Compile(Shapes.Create(shape, nodes), new CompileOptions { Schedule = schedule });
                    output.WriteLine(FormattableString.Invariant(
                        $"| {shape} | {nodes} | {schedule.ToName()} | {compiled.Plan.Configurations.Count} | {compiled.AccuracyLoss:0.000000} |"));
                }
            }
        }
    }
}
