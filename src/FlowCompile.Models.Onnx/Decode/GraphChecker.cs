using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FlowCompile.Models.Onnx;

/// <summary>Checks that a session's graph is a decoder with past of the sizes in config.json, and says what is not.</summary>
internal static class GraphChecker
{
    private readonly record struct Port(string Name, TensorElementType Type, long[] Shape);

    /// <summary>Checks a session.</summary>
    /// <exception cref="ModelLoadException">An input or output is missing, unknown, or of another type or size.</exception>
    public static void Check(string path, InferenceSession session, ModelConfig config)
    {
        var inputs = Read(session.InputMetadata);
        var outputs = Read(session.OutputMetadata);
        var wantedInputs = GraphSignature.Inputs(config);
        Require(path, "input", inputs, wantedInputs);
        Require(path, "output", outputs, GraphSignature.Outputs(config));
        if (inputs.Select(port => port.Name).Except(wantedInputs).ToList() is { Count: > 0 } unknown)
        {
            throw new ModelLoadException(
                $"{path}: the graph wants inputs that are not known here, or more layers than {ModelFolder.Config} says: {List(unknown)}.");
        }

        foreach (var port in inputs.Concat(outputs.IntersectBy(GraphSignature.Outputs(config), port => port.Name)))
        {
            var ids = port.Name is "input_ids" or "attention_mask" or "position_ids";
            var type = ids ? TensorElementType.Int64 : TensorElementType.Float;
            if (port.Type != type)
            {
                throw new ModelLoadException(
                    $"{path}: '{port.Name}' {(port.Type == TensorElementType.DataTypeMax ? "is no tensor" : $"has elements of type {port.Type}")} and {type} is expected: export the model with that type.");
            }

            // -1 is a size that is known at run time only.
            long[] shape = ids ? [-1, -1] : port.Name == "logits" ? [-1, -1, config.VocabularySize] : [-1, config.Heads, -1, config.HeadSize];
            if (port.Shape.Length != shape.Length || port.Shape.Zip(shape).Any(pair => pair is { First: >= 0, Second: >= 0 } && pair.First != pair.Second))
            {
                throw new ModelLoadException(
                    $"{path}: '{port.Name}' has shape [{Text(port.Shape)}] and [{Text(shape)}] is expected: {ModelFolder.Config} is of another model.");
            }
        }
    }

    private static void Require(string path, string kind, IEnumerable<Port> ports, IEnumerable<string> wanted)
    {
        if (wanted.Except(ports.Select(port => port.Name)).ToList() is { Count: > 0 } missing)
        {
            throw new ModelLoadException(
                $"{path}: the graph has no {kind} {List(missing)}: export the model as a decoder with past (text-generation-with-past).");
        }
    }

    private static string List(List<string> names) =>
        string.Join(", ", names.Take(4).Select(name => $"'{OneLine.Of(name)}'")) + (names.Count > 4 ? $" and {names.Count - 4} more" : string.Empty);

    private static string Text(long[] shape) => string.Join(", ", shape.Select(size => size < 0 ? "?" : $"{size}"));

    private static List<Port> Read(IReadOnlyDictionary<string, NodeMetadata> ports) =>
    [
        .. ports.Select(port => port.Value.IsTensor
            ? new Port(port.Key, port.Value.ElementDataType, [.. port.Value.Dimensions.Select(size => (long)size)])
            : new Port(port.Key, TensorElementType.DataTypeMax, [])),
    ];
}
