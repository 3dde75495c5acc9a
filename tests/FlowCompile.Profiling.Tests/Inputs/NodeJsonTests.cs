using FlowCompile.Graph;
using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests;

/// <summary>Outputs are kept as the graph names them.</summary>
public sealed class NodeJsonTests
{
    public enum Kind
    {
        Easy,
        Hard,
    }

    [Fact]
    public void An_enum_is_written_by_its_name_as_branches_name_their_values()
    {
        var graph = new WorkflowGraph("w", [new(nameof(Router.Route), NodeKind.SubAgent, "Kind", [GraphInput.FromWorkflow("question", "string")])], nameof(Router.Route));
        var json = new NodeJson(new ReflectedDescriptor(graph, typeof(Router), typeof(NumberCase), ("question", typeof(string))));
        Assert.Equal("\"Hard\"", json.WriteOutput(0, Kind.Hard));
        Assert.Equal(Kind.Hard, json.ReadOutput(0, "\"Hard\""));
    }

    public static class Router
    {
        public static ValueTask<Kind> Route(string question, SubAgentContext agent, CancellationToken cancellationToken) =>
            ValueTask.FromResult(question.Length > agent.Setting.Budget ? Kind.Hard : Kind.Easy);
    }
}
