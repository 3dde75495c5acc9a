using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>Writes the inputs and outputs of nodes as JSON and reads them again, by the types of the workflow.</summary>
internal sealed class NodeJson(WorkflowDescriptor descriptor)
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,

        // By name, as branches name their values.
        Converters = { new EnumNames(definedOnly: false) },
    };

    private readonly WorkflowGraph _graph = descriptor.Graph;

    /// <summary>Writes a node's output.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="output">The output.</param>
    /// <exception cref="ProfileException">Its type does not survive being written and read again.</exception>
    public string WriteOutput(int node, object? output) => Write(_graph.Nodes[node].Name, "output", output, descriptor.OutputType(node));

    /// <summary>Reads a node's output.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="json">What <see cref="WriteOutput"/> wrote.</param>
    public object? ReadOutput(int node, string json) => JsonSerializer.Deserialize(json, descriptor.OutputType(node), s_options);

    /// <summary>Writes a node's inputs as a list.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="values">The inputs, a candidate list as any list.</param>
    /// <exception cref="ProfileException">A type does not survive being written and read again.</exception>
    public StoredInputs WriteInputs(int node, IReadOnlyList<object?> values)
    {
        var name = _graph.Nodes[node].Name;
        var items = _graph.Nodes[node].Inputs.Select((input, i) =>
        {
            var what = $"input '{input.Parameter}'";
            return input.Kind == InputKind.Candidates
                ? "[" + string.Join(',', Candidates(values[i]).Select(value => Write(name, what, value, TypeOf(input)))) + "]"
                : Write(name, what, values[i], TypeOf(input));
        });
        return new StoredInputs("[" + string.Join(',', items) + "]");
    }

    /// <summary>Reads a node's inputs, a candidate list as <c>object?[]</c>.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="inputs">What <see cref="WriteInputs"/> wrote.</param>
    public object?[] ReadInputs(int node, StoredInputs inputs)
    {
        var items = JsonElement.Parse(inputs.Json).EnumerateArray().ToList();
        return [.. _graph.Nodes[node].Inputs.Select((input, i) => input.Kind == InputKind.Candidates
            ? items[i].EnumerateArray().Select(item => item.Deserialize(TypeOf(input), s_options)).ToArray()
            : items[i].Deserialize(TypeOf(input), s_options))];
    }

    private static IEnumerable<object?> Candidates(object? list) => ((IEnumerable)list!).Cast<object?>();

    private Type TypeOf(GraphInput input)
    {
        if (input.Kind != InputKind.Workflow)
        {
            return descriptor.OutputType(_graph.IndexOf(input.Sources[0]));
        }

        for (var i = 0; i < descriptor.InputNames.Count; i++)
        {
            if (descriptor.InputNames[i] == input.Parameter)
            {
                return descriptor.InputTypes[i];
            }
        }

        throw new ProfileException($"The workflow '{_graph.Name}' has no input '{input.Parameter}', which its graph names; build the project again.");
    }

    private static string Write(string node, string what, object? value, Type declared)
    {
        string json;
        string again;
        try
        {
            // Written by its own type and read by the declared one: what the reading loses shows in the second writing.
            var type = value?.GetType() ?? declared;
            json = JsonSerializer.Serialize(value, type, s_options);
            var read = JsonSerializer.Deserialize(json, declared, s_options);
            again = JsonSerializer.Serialize(read, read?.GetType() ?? declared, s_options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new ProfileException($"The {what} of '{node}' ({declared.Name}) cannot be kept as JSON: {e.Message} Give the type a JSON converter.", e);
        }

        return json == again ? json : throw new ProfileException(
            $"The {what} of '{node}' ({declared.Name}) is not the same after it was written as JSON and read again; give the type public setters or a JSON converter.");
    }
}
