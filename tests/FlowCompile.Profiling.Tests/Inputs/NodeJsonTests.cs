using System.Text.Json;
using System.Text.Json.Serialization;
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

    [Fact]
    public void A_converter_on_the_enum_itself_goes_first()
    {
        var graph = new WorkflowGraph("w", [new(nameof(OwnRouter.Route), NodeKind.SubAgent, "Own", [GraphInput.FromWorkflow("question", "string")])], nameof(OwnRouter.Route));
        var json = new NodeJson(new ReflectedDescriptor(graph, typeof(OwnRouter), typeof(NumberCase), ("question", typeof(string))));
        Assert.Equal("\"<Two>\"", json.WriteOutput(0, Own.Two));
        Assert.Equal(Own.Two, json.ReadOutput(0, "\"<Two>\""));
    }

    [JsonConverter(typeof(OwnConverter))]
    public enum Own
    {
        One,
        Two,
    }

    public sealed class OwnConverter : JsonConverter<Own>
    {
        public override Own Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Enum.Parse<Own>(reader.GetString()!.Trim('<', '>'));

        public override void Write(Utf8JsonWriter writer, Own value, JsonSerializerOptions options) => writer.WriteStringValue($"<{value}>");
    }

    public static class OwnRouter
    {
        public static ValueTask<Own> Route(string question, SubAgentContext agent, CancellationToken cancellationToken) =>
            ValueTask.FromResult(question.Length > agent.Setting.Budget ? Own.Two : Own.One);
    }

    public static class Router
    {
        public static ValueTask<Kind> Route(string question, SubAgentContext agent, CancellationToken cancellationToken) =>
            ValueTask.FromResult(question.Length > agent.Setting.Budget ? Kind.Hard : Kind.Easy);
    }
}
