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
    /// <summary>Reads config.json.</summary>
    /// <exception cref="ModelLoadException">The file is missing or malformed.</exception>
    public static ModelConfig Read(string folder)
    {
        using var file = JsonFile.Open(folder, ModelFolder.Config);
        var queryHeads = file.Size("num_attention_heads", least: 1);
        return new ModelConfig(
            VocabularySize: file.Size("vocab_size", least: 1),
            Layers: file.Size("num_hidden_layers", least: 1),
            Heads: file.OptionalSize("num_key_value_heads", least: 1) ?? queryHeads,
            HeadSize: file.OptionalSize("head_dim", least: 1) ?? file.Size("hidden_size", least: queryHeads) / queryHeads,
            ContextLength: file.Size("max_position_embeddings", least: 2),
            EndTokens: file.Ids("eos_token_id"));
    }
}
