using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>Checks that a session's graph is a decoder with past of the sizes in config.json, and says what is not.</summary>
internal static unsafe class GraphChecker
{
    private readonly record struct Port(string Name, OrtElementType Type, long[] Shape);

    /// <summary>Checks a session.</summary>
    /// <exception cref="ModelLoadException">An input or output is missing, unknown, or of another type or size.</exception>
    public static void Check(string path, OrtHandle session, ModelConfig config)
    {
        var inputs = Read(session, OrtFunction.SessionGetInputCount, OrtFunction.SessionGetInputName, OrtFunction.SessionGetInputTypeInfo);
        var outputs = Read(session, OrtFunction.SessionGetOutputCount, OrtFunction.SessionGetOutputName, OrtFunction.SessionGetOutputTypeInfo);
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
            var type = ids ? OrtElementType.Int64 : OrtElementType.Float;
            if (port.Type != type)
            {
                throw new ModelLoadException(
                    $"{path}: '{port.Name}' has elements of type {port.Type} and {type} is expected: export the model with that type.");
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

    private static List<Port> Read(OrtHandle session, OrtFunction getCount, OrtFunction getName, OrtFunction getType)
    {
        var api = OrtApi.Current;
        nuint count;
        nint allocator;
        api.Check(((delegate* unmanaged<nint, nuint*, nint>)api[getCount])(session.Value, &count));
        api.Check(((delegate* unmanaged<nint*, nint>)api[OrtFunction.GetAllocatorWithDefaultOptions])(&allocator));
        List<Port> ports = [];
        for (nuint i = 0; i < count; i++)
        {
            nint name, type;
            api.Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)api[getName])(session.Value, i, allocator, &name));
            var text = Marshal.PtrToStringUTF8(name) ?? string.Empty;
            api.Check(((delegate* unmanaged<nint, nint, nint>)api[OrtFunction.AllocatorFree])(allocator, name));
            api.Check(((delegate* unmanaged<nint, nuint, nint*, nint>)api[getType])(session.Value, i, &type));
            using var info = new OrtHandle(type, OrtFunction.ReleaseTypeInfo);
            ports.Add(ReadTensor(api, text, type));
        }

        return ports;
    }

    private static Port ReadTensor(OrtApi api, string name, nint type)
    {
        nint tensor;
        OrtElementType element;
        nuint rank;
        api.Check(((delegate* unmanaged<nint, nint*, nint>)api[OrtFunction.CastTypeInfoToTensorInfo])(type, &tensor));
        if (tensor == 0)
        {
            return new Port(name, OrtElementType.Undefined, []);
        }

        api.Check(((delegate* unmanaged<nint, OrtElementType*, nint>)api[OrtFunction.GetTensorElementType])(tensor, &element));
        api.Check(((delegate* unmanaged<nint, nuint*, nint>)api[OrtFunction.GetDimensionsCount])(tensor, &rank));
        var shape = new long[rank];
        fixed (long* sizes = shape)
        {
            api.Check(((delegate* unmanaged<nint, long*, nuint, nint>)api[OrtFunction.GetDimensions])(tensor, sizes, rank));
        }

        return new Port(name, element, shape);
    }
}
