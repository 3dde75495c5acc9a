namespace FlowCompile.Models.Onnx;

/// <summary>What config.json says of the network: what the decoder needs to feed it.</summary>
/// <param name="VocabularySize">How many token ids there are.</param>
/// <param name="Layers">How many layers, each with a key and a value tensor to keep.</param>
/// <param name="Heads">How many heads those tensors have.</param>
/// <param name="HeadSize">How many numbers a head has for each token.</param>
/// <param name="ContextLength">The most tokens a prompt and its answer may have together.</param>
/// <param name="EndTokens">The ids that end a text; may be empty here where generation_config.json has them.</param>
internal sealed record ModelConfig(int VocabularySize, int Layers, int Heads, int HeadSize, int ContextLength, int[] EndTokens)
{
    // What models call it, the usual name first.
    private static readonly string[] s_layers = ["num_hidden_layers", "n_layer", "num_layers"];
    private static readonly string[] s_heads = ["num_attention_heads", "n_head", "num_heads"];
    private static readonly string[] s_cachedHeads = ["num_key_value_heads", "num_kv_heads"];
    private static readonly string[] s_hidden = ["hidden_size", "n_embd", "d_model"];
    private static readonly string[] s_context = ["max_position_embeddings", "n_positions", "n_ctx"];

    /// <summary>Reads config.json.</summary>
    /// <exception cref="ModelLoadException">The file is missing or malformed, or of a kind of network that is not supported.</exception>
    public static ModelConfig Read(string folder)
    {
        using var file = JsonFile.Open(folder, ModelFolder.Config);
        if (file.Flag("is_encoder_decoder"))
        {
            throw file.Error("\"is_encoder_decoder\" is true, and only decoders run here: serve the model and use it by its endpoint");
        }

        var queryHeads = file.Size(s_heads, least: 1);
        var config = new ModelConfig(
            VocabularySize: file.Size("vocab_size", least: 1),
            Layers: file.Size(s_layers, least: 1),
            Heads: file.OptionalSize(s_cachedHeads, least: 1) ?? queryHeads,
            HeadSize: file.OptionalSize("head_dim", least: 1) ?? file.Size(s_hidden, least: queryHeads) / queryHeads,
            ContextLength: file.Size(s_context, least: 2),
            EndTokens: file.Ids("eos_token_id"));
        CheckWindow(file, config.ContextLength);
        return config;
    }

    // Within the window a network with one reads like one without. Beyond it, it depends on the export whether the graph hides what is too far back.
    private static void CheckWindow(JsonFile file, int context)
    {
        var isUsed = !file.Has("use_sliding_window") || file.Flag("use_sliding_window");
        if (isUsed && file.OptionalSize("sliding_window", least: 1) is { } window && window < context)
        {
            throw file.Error(
                $"\"sliding_window\" is {window} and the context {context}: sliding windows are not supported. To run the model within its window, set \"max_position_embeddings\" to {window}");
        }
    }
}
