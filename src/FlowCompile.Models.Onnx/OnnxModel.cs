namespace FlowCompile.Models.Onnx;

/// <summary>A model folder, loaded into ONNX Runtime.</summary>
internal sealed class OnnxModel : TextModel
{
    private OnnxModel(string name, OnnxDecoder decoder, ITextTokenizer tokenizer, ChatFormat? chat, GenerationConfig generation, string identity)
        : base(name, decoder, tokenizer, chat, generation, identity) => Decoder = decoder;

    /// <summary>The network.</summary>
    public OnnxDecoder Decoder { get; }

    /// <summary>Loads a folder.</summary>
    /// <exception cref="ModelLoadException">A file is missing, malformed or does not fit the others, or ONNX Runtime is not there.</exception>
    public static OnnxModel Load(string folder, OnnxModelOptions options)
    {
        folder = Path.GetFullPath(folder);
        var config = ModelConfig.Read(folder);
        var tokenizer = TokenizerReader.Read(folder, config);
        var generation = GenerationConfig.Read(folder, config);
        var chat = ChatTemplateReader.Read(folder, options.ChatFormat, isPlain: tokenizer is WordLevelTokenizer);
        generation = chat is null ? generation : ChatModel.Apply(folder, chat, tokenizer, generation);
        var identity = ModelFolder.Hash(folder, ModelFolder.GraphOf(folder, options.Graph)) + (chat is null ? "" : $" {ChatModel.Identity(chat)}");
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

        // Last, because it is the one thing that has to be closed.
        return new OnnxModel(name, DecoderLoader.Load(folder, config, options), tokenizer, chat, generation, identity);
    }
}
