using System.Text.Json;
using FlowCompile.Models.Onnx;

namespace FlowCompile.Models.GenAI;

/// <summary>What <c>genai_config.json</c> says of the model. ONNX Runtime GenAI reads the rest of it.</summary>
/// <param name="Network">The network's sizes that texts need.</param>
/// <param name="Generation">Which tokens mean what, and how to choose them.</param>
/// <param name="Device">The first provider that the file names, in lower case; <c>cpu</c> where it names none.</param>
/// <param name="Threads">How many threads a run has; <see langword="null"/> for as many as ONNX Runtime takes.</param>
internal sealed record GenAIConfig(ModelConfig Network, GenerationConfig Generation, string Device, int? Threads)
{
    /// <summary>The file's name.</summary>
    public const string Name = "genai_config.json";

    // Parts of a model besides its decoder, and what a model with one of them reads.
    private static readonly (string Part, string What)[] s_others = [("encoder", "an encoder"), ("vision", "images"), ("speech", "speech"), ("embedding", "embeddings")];

    private static readonly HashSet<string> s_refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "custom_ops_library", "library_path", "enable_profiling", "log_file", "ep.context_file_path", "trt_engine_cache_path", "backend_path", "shared_library_path",
    };

    /// <summary>Reads the file of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ModelLoadException">The file is missing or malformed, or of a kind of model that is not supported.</exception>
    public static GenAIConfig Read(string folder)
    {
        using var file = JsonFile.Open(folder, Name, $"a model folder of ONNX Runtime GenAI has {Name} and {ModelFolder.Tokenizer}");
        var root = JsonPart.Root(file);
        var model = root.Optional("model") ?? throw file.Error("\"model\" is missing: restore the file from where the model came from");
        foreach (var (part, what) in s_others)
        {
            if (model.Has(part))
            {
                throw file.Error($"the model has {what} (\"model.{part}\"), and only decoders of text run here: serve the model and use it by its endpoint");
            }
        }

        RefuseLibraries(file, file.Root);
        var decoder = model.Optional("decoder") ?? throw file.Error("\"model.decoder\" is missing, and only decoders of text run here: serve the model and use it by its endpoint");
        foreach (var graph in GraphsOf(file.Root))
        {
            ModelFolder.Require(folder, ModelFolder.GraphOf(folder, graph), $"a folder with {Name} has the graphs that it names");
        }

        var session = decoder.Optional("session_options");
        var network = new ModelConfig(Size(model, "vocab_size", 1), Layers: 0, Heads: 0, HeadSize: 0, Size(model, "context_length", 2), model.Ids("eos_token_id"));
        return new GenAIConfig(network, Generated(folder, file, root.Optional("search"), network), Provider(session), session?.Number("intra_op_num_threads") is > 0 and var threads ? threads : null);

        int Size(JsonPart part, string name, int least) => part.Number(name) is { } size && size >= least ? size
            : throw file.Error($"\"{part.Where}.{name}\" must be a whole number of at least {least}: restore the file from where the model came from");
    }

    // A model is data: what would load code, or write files, is refused wherever it stands.
    private static void RefuseLibraries(JsonFile file, JsonElement element)
    {
        foreach (var inner in Inner(element))
        {
            RefuseLibraries(file, inner);
        }

        if (element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Select(member => member.Name).FirstOrDefault(s_refused.Contains) is { } name)
        {
            throw file.Error($"\"{name}\" is there, by which a model would load a library or write files: remove it from the file");
        }
    }

    private static IEnumerable<string> GraphsOf(JsonElement element) => Inner(element).SelectMany(GraphsOf)
        .Concat(element.ValueKind == JsonValueKind.Object && JsonFile.TryGet(element, "filename", out var name) && name.ValueKind == JsonValueKind.String ? [name.GetString()!] : []);

    private static IEnumerable<JsonElement> Inner(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(member => member.Value),
        JsonValueKind.Array => element.EnumerateArray(),
        _ => [],
    };

    private static string Provider(JsonPart? session)
    {
        var named = session?.List("provider_options").SelectMany(one => one.Names()).FirstOrDefault();
        return named is null ? "cpu" : OneLine.Of(named).ToLowerInvariant();
    }

    // Thinking and the most tokens of an answer are not in this file; a folder may have generation_config.json besides.
    private static GenerationConfig Generated(string folder, JsonFile file, JsonPart? search, ModelConfig network)
    {
        var beside = File.Exists(Path.Combine(folder, ModelFolder.GenerationConfig)) ? GenerationConfig.Read(folder, network) : null;
        var temperature = search?.Decimal("temperature") ?? 1;
        var topP = search?.Decimal("top_p");
        if (temperature < 0 || topP is < 0 or > 1)
        {
            throw file.Error("\"search.temperature\" must be 0 or more, and \"search.top_p\" between 0 and 1");
        }

        if (network.EndTokens.Length == 0)
        {
            throw file.Error("\"model.eos_token_id\" is missing: without it no answer ends");
        }

        if (network.EndTokens.FirstOrDefault(id => id >= network.VocabularySize) is > 0 and var outside)
        {
            throw file.Error($"token id {outside} is outside of the vocabulary, whose size is {network.VocabularySize}");
        }

        return new GenerationConfig
        {
            EndTokens = [.. network.EndTokens.Union(beside?.EndTokens ?? [])],
            ThinkStart = beside?.ThinkStart,
            ThinkEnd = beside?.ThinkEnd,
            ThinkClose = beside?.ThinkClose ?? [],
            MaxNewTokens = beside?.MaxNewTokens,
            Temperature = search?.Flag("do_sample") == true ? temperature : 0,
            TopK = search?.Number("top_k") is > 0 and var topK ? topK : null,
            TopP = topP is > 0 ? topP : null,
        };
    }
}
