using static FlowCompile.Compilation.Tests.Oracle.NamedInstances;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Profiles whose repetitions do not divide the draws of a case.</summary>
public class LatencyDrawInstanceTests
{
    /// <summary>Calls of 1, 1 and 10 s are 4 s on average.</summary>
    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    [InlineData(Schedule.Superstep)]
    public void Every_recorded_call_counts_alike(Schedule schedule)
    {
        var graph = GraphOf("A", Agent("A"));
        var recording = new Recording(graph, 1, [1], RecordingKind.AllRight, 1);
        recording.Set(0, "A", new CallState(true, 0, 0), new RecordedAnswer(1, null, 1), new RecordedAnswer(1, null, 1), new RecordedAnswer(1, null, 10));

        var estimate = new PairedProxy(recording.ToTable().Recorded!, schedule).Estimate(Largest(graph));

        Assert.Equal(4, estimate.LatencySeconds, 1e-9);
    }
}
