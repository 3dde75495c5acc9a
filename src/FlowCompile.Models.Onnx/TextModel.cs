namespace FlowCompile.Models.Onnx;

/// <summary>A model folder, loaded: network, tokenizer and settings.</summary>
/// <param name="name">The folder's name.</param>
/// <param name="decoder">The network, which the model owns.</param>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="chat">The chat format; <see langword="null"/> for a model that takes texts as they are.</param>
/// <param name="generation">Which tokens mean what, and how to choose them.</param>
/// <param name="identity">What makes it this model and no other.</param>
internal class TextModel(string name, ITextDecoder decoder, ITextTokenizer tokenizer, ChatFormat? chat, GenerationConfig generation, string identity) : IDisposable
{
    /// <summary>The folder's name.</summary>
    public string Name => name;

    /// <summary>The network.</summary>
    public ITextDecoder Network => decoder;

    /// <summary>The tokenizer.</summary>
    public ITextTokenizer Tokenizer => tokenizer;

    /// <summary>Writes conversations; <see langword="null"/> for a model that takes texts as they are.</summary>
    public ChatWriter? Chat { get; } = chat is null ? null : new ChatWriter(chat);

    /// <summary>Which tokens mean what, and how to choose them.</summary>
    public GenerationConfig Generation => generation;

    /// <summary>A hash of the folder's files, with the chat format where there is one.</summary>
    public string Identity => identity;

    /// <inheritdoc/>
    public void Dispose() => decoder.Dispose();
}
