using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Compilation.Tests;

/// <summary>What a run says where the configuration leaves out the only node of the branch that is taken.</summary>
public sealed class LeftOutBranchTests
{
    [Theory]
    [InlineData("a short question", 0, null)]
    [InlineData("a question of more than twenty characters", 1, null)]
    [InlineData(
        "a question of more than twenty characters",
        0,
        "Workflow 'desk': no branch that was taken leads to the output 'Pick'; the configuration leaves out 'Careful': let the candidate list name a node of every branch that no configuration leaves out.")]
    public async Task A_run_names_the_node_that_its_configuration_leaves_out(string question, int careful, string? expected)
    {
        var descriptor = DescriptorOf<DeskWorkflow>();
        var graph = descriptor.Graph;
        using var models = new ModelCatalog().Add("m", new FakeModel("m", call => "7"));
        var structure = WorkflowStructure.Create(graph, [.. graph.Nodes.Select(node => node.Name == "Careful" ? careful : 1)]);
        var configuration = new WorkflowConfiguration(
            "c01", structure, [.. graph.Nodes.Select((node, i) => node.Kind == NodeKind.SubAgent && structure.Counts[i] > 0 ? new Setting("m", 0) : (Setting?)null)]);
        var running = descriptor.RunAsync(descriptor.CreateWorkflow(models), [question], configuration, new RunOptions(), default);
        if (expected is null)
        {
            Assert.Equal("7", (await running).Output);
        }
        else
        {
            Assert.Equal(expected, (await Assert.ThrowsAsync<WorkflowException>(() => running)).Message);
        }
    }

    private static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;
}
