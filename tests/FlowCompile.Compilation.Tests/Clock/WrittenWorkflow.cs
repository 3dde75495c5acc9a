using FlowCompile.Compilation.Tests.Oracle;
using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Oracle.NamedInstances;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>A workflow whose times are known: where X is not taken nobody waits for A, which X alone would read.</summary>
internal static class WrittenWorkflow
{
    public static WorkflowGraph Graph { get; } = WorkflowSource.Prepare(
        GraphOf("Sel", Agent("A"), Tool("R"), Agent("X", "A").With(when: When("R", "hard")), Agent("Y").With(when: When("R")), Any("Sel", 1, "X", "Y")), "Written");

    /// <summary>Runs it, and compares the estimates with the runs, also those of a profile that says something else.</summary>
    /// <param name="descriptor">The workflow.</param>
    public static async Task CheckAsync(WorkflowDescriptor descriptor)
    {
        foreach (var (value, parallel, sequential) in new[] { ("none", 2.0, 12.0), ("hard", 12, 12) })
        {
            var world = new World(Graph, 1, [1, 1, 1, 1, 1], 1);
            world.Set(0, "R", new CallState(true, 0, 0), value);
            foreach (var (node, seconds) in new[] { ("A", 10.0), ("X", 1), ("Y", 1) })
            {
                world.Set(0, node, new CallState(true, 0, 0), new Answer(true, node, seconds));
                world.Set(0, node, new CallState(false, 0, 0), new Answer(false, node, seconds));
            }

            world.Set(0, "Sel", new CallState(true, 1, 1), new Answer(true, "Sel", 1));
            var stage = new Stage(descriptor, world);
            var largest = Largest(descriptor.Graph);

            Assert.Equal(parallel, (await stage.RunAsync(largest, 0, sequential: false)).Seconds);
            Assert.Equal(sequential, (await stage.RunAsync(largest, 0, sequential: true)).Seconds);
            Assert.Empty((await ClockCheck.OfAsync(descriptor, world, largest)).Found);
            Assert.NotEmpty((await ClockCheck.OfAsync(descriptor, world, largest, later: 0.125)).Found);
        }
    }
}
