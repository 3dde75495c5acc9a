using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Cells;

/// <summary><see cref="DoublingWorkflow"/> after an edit of Draft that leaves its prompt.</summary>
public sealed class EditedWorkflow : DoublingWorkflow
{
    public static new ReflectedDescriptor Descriptor { get; } = new(Graph, typeof(EditedWorkflow), typeof(NumberCase), ("problem", typeof(string)));

    [SubAgent(Temperature = 0)]
    public override async ValueTask<string> Draft(string problem, SubAgentContext agent, CancellationToken cancellationToken)
    {
        var response = await agent.CompleteAsync(string.Concat("[draft] ", problem), cancellationToken);
        return response.Text;
    }
}
