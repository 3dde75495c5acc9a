using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FlowCompile.Models.Onnx;

/// <summary>Checks that a session's graph is a decoder with past of the sizes in config.json, and says what is not.</summary>
internal static class GraphChecker
{
    // Of models that are more, or other, than a decoder of text.
    private static readonly (string Part, string Meaning)[] s_others =
    [
        ("inputs_embeds", "it reads embeddings and not tokens, as parts of models with images or sound do"),
        ("pixel_values", "it reads images"),
        ("encoder_", "it is the decoder of a model with an encoder"),
        ("token_type_ids", "it reads segments of text"),
        ("conv", "it keeps the state of convolutions, and only attention is known here"),
        ("ssm", "it keeps states of a state-space model, and only attention is known here"),
        ("recurrent", "it keeps recurrent states, and only attention is known here"),
    ];

    private readonly record struct Port(string Name, TensorElementType Type, long[] Shape);

    /// <summary>Checks a session.</summary>
    /// <returns>Which of the shapes of decoders it has; <see cref="GraphLayout.RoundsByRun"/> is not looked at.</returns>
    /// <exception cref="ModelLoadException">An input or output is missing, unknown, or of another type or size.</exception>
    public static GraphLayout Check(string path, InferenceSession session, ModelConfig config)
    {
        var inputs = Read(session.InputMetadata);
        var outputs = Read(session.OutputMetadata);
        var layout = new GraphLayout
        {
            HasPositions = Has(GraphLayout.Positions),
            HasBranches = Has(GraphLayout.UsesCache),
            KeptShape = Has(GraphLayout.Kept) ? [.. inputs.Find(port => port.Name == GraphLayout.Kept).Shape.Select(_ => 1L)] : null,
        };
        var wanted = layout.Inputs(config);
        var unknown = inputs.Select(port => port.Name).Except(wanted).ToList();
        foreach (var (part, meaning) in s_others)
        {
            if (unknown.Find(name => name.Contains(part, StringComparison.Ordinal)) is { } other)
            {
                throw new ModelLoadException($"{path}: the graph has the input '{OneLine.Of(other)}': {meaning}. Use a decoder of text (text-generation-with-past), or serve the model and use it by its endpoint.");
            }
        }

        Require(path, "input", inputs, wanted);
        Require(path, "output", outputs, GraphLayout.Outputs(config));
        if (unknown.Count > 0)
        {
            throw new ModelLoadException(
                $"{path}: the graph wants inputs that are not known here, or more layers than {ModelFolder.Config} says: {List(unknown)}.");
        }

        var ports = inputs.Concat(outputs.IntersectBy(GraphLayout.Outputs(config), port => port.Name)).ToList();
        layout = layout with { CacheType = TypeOf("past_key_values.0.key"), LogitsType = TypeOf(GraphLayout.Logits) };
        foreach (var port in ports)
        {
            CheckType(path, port, layout);
            CheckShape(path, port, config);
        }

        return layout;

        bool Has(string input) => inputs.Exists(port => port.Name == input);

        TensorElementType TypeOf(string name) => ports.Find(port => port.Name == name).Type is var type && GraphLayout.IsNumber(type) ? type : TensorElementType.Float;
    }

    private static void CheckType(string path, Port port, GraphLayout layout)
    {
        var type = port.Name switch
        {
            GraphLayout.Tokens or GraphLayout.Mask or GraphLayout.Positions or GraphLayout.Kept => TensorElementType.Int64,
            GraphLayout.UsesCache => TensorElementType.Bool,
            GraphLayout.Logits => layout.LogitsType,
            _ => layout.CacheType,
        };
        if (port.Type != type)
        {
            throw new ModelLoadException(
                $"{path}: '{port.Name}' {(port.Type == TensorElementType.DataTypeMax ? "is no tensor" : $"has elements of type {port.Type}")} and {type} is expected: export the model with that type.");
        }
    }

    private static void CheckShape(string path, Port port, ModelConfig config)
    {
        // -1 is a size that is known at run time only.
        long[] shape = port.Name switch
        {
            GraphLayout.Tokens or GraphLayout.Mask or GraphLayout.Positions => [-1, -1],
            GraphLayout.UsesCache or GraphLayout.Kept => [.. port.Shape.Take(1).Select(_ => 1L)],
            GraphLayout.Logits => [-1, -1, config.VocabularySize],
            _ => [-1, config.Heads, -1, config.HeadSize],
        };
        if (port.Shape.Length != shape.Length || port.Shape.Zip(shape).Any(pair => pair is { First: >= 0, Second: >= 0 } && pair.First != pair.Second))
        {
            throw new ModelLoadException(
                $"{path}: '{port.Name}' has shape [{Text(port.Shape)}] and [{Text(shape)}] is expected: {ModelFolder.Config} is of another model.");
        }

        if (port.Name is GraphLayout.Tokens or GraphLayout.Mask or GraphLayout.Positions && port.Shape.Any(size => size >= 0))
        {
            throw new ModelLoadException(
                $"{path}: '{port.Name}' has the fixed shape [{Text(port.Shape)}], and prompts are of any length: export the model with dynamic sizes, or take the graph that begins a text too (model.onnx, decoder_model_merged.onnx).");
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
