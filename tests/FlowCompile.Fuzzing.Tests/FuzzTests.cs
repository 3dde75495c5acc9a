using FlowCompile.Testing.Fuzzing;
using FlowCompile.Testing.Kinds;

namespace FlowCompile.Fuzzing.Tests;

/// <summary>A few hundred files of every kind; <c>benchmarks/FlowCompile.Fuzzing</c> reads 20,000.</summary>
public sealed class FuzzTests
{
    private const int Count = 500;
    private const int Seed = 20261130;

    public static TheoryData<string> Kinds => [.. FuzzKinds.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_mutated_file_is_read_right_or_refused_in_one_line(string name)
    {
        using var kind = FuzzKinds.All[name]();
        var report = Fuzzer.Run(kind, Count, Seed);

        Assert.True(report.Findings.Count == 0, report.Describe());

        // A mutator that nothing survives, or that damages nothing, would show nothing.
        Assert.InRange(report.Accepted, Count / 50, Count);
        Assert.InRange(report.Refused, Count / 10, Count);
    }
}
