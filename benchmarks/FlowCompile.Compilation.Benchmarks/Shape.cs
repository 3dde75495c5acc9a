namespace FlowCompile.Compilation.Benchmarks;

public enum Shape
{
    Chain,
    ForkJoin,
    Ladder,
}
