using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Oracle.NamedInstances;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Small profiles with more calls in a run than were recorded, or with fewer draws than calls.</summary>
public class RepeatedCallInstanceTests
{
    /// <summary>One of three recorded repairs mends: a third with one attempt, two thirds with two, and with three or more always.</summary>
    [Fact]
    public void More_attempts_than_were_recorded_never_mend_less()
    {
        var graph = GraphOf("Fix", [Agent("A"), .. Fix("Fix", "A", 5)]);
        var recording = new Recording(graph, 1, [1, 0, 1], RecordingKind.AllWrong, 1);
        recording.Set(0, "Fix", new CallState(false, 0, 0), new RecordedAnswer(1, null, 1), new RecordedAnswer(0, null, 1), new RecordedAnswer(0, null, 1));
        var proxy = new PairedProxy(recording.ToTable().Recorded!, Schedule.Sequential);
        var setting = Recording.SettingOf(0);

        var accuracies = Enumerable.Range(1, 5).Select(attempts =>
            proxy.Estimate(new WorkflowConfiguration("c", WorkflowStructure.Create(graph, [1, 1, attempts]), [setting, null, setting])).Accuracy).ToList();

        Assert.Equal(1.0 / 3, accuracies[0], 1e-9);
        Assert.Equal(2.0 / 3, accuracies[1], 1e-9);
        Assert.All(accuracies.Skip(2), accuracy => Assert.Equal(1, accuracy, 1e-9));
    }

    /// <summary>Three recorded replicas, one right: more of them never leave all wrong more often.</summary>
    [Fact]
    public void More_replicas_than_were_recorded_never_leave_all_wrong_more_often()
    {
        var graph = GraphOf("Out", Agent("G").With(replicas: (1, 6)), AnyTool("Out", 1, "G"));
        var recording = new Recording(graph, 1, [1, 0], RecordingKind.AllWrong, 1);
        recording.Set(0, "G", new CallState(true, 0, 0), new RecordedAnswer(0, null, 1), new RecordedAnswer(0, null, 1), new RecordedAnswer(1, null, 1));
        var proxy = new PairedProxy(recording.ToTable().Recorded!, Schedule.Sequential);

        var accuracies = Enumerable.Range(1, 6).Select(replicas =>
            proxy.Estimate(new WorkflowConfiguration("c", WorkflowStructure.Create(graph, [replicas, 1]), [Recording.SettingOf(0), null])).Accuracy).ToList();

        Assert.Equal(1.0 / 3, accuracies[0], 1e-9);
        Assert.Equal(2.0 / 3, accuracies[1], 1e-9);
        Assert.All(accuracies.Skip(2), accuracy => Assert.Equal(1, accuracy, 1e-9));
    }
}
