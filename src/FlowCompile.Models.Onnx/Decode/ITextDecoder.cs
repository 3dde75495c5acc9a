namespace FlowCompile.Models.Onnx;

/// <summary>A network that reads the tokens of texts and says what may come next.</summary>
internal interface ITextDecoder : IDisposable
{
    /// <summary>How many token ids there are.</summary>
    int VocabularySize { get; }

    /// <summary>The most tokens a prompt and its answer may have together.</summary>
    int ContextLength { get; }

    /// <summary>Begins a text. It keeps the network open until it is disposed.</summary>
    /// <param name="most">The most tokens that will be read of it.</param>
    /// <exception cref="ObjectDisposedException">The network is disposed.</exception>
    ITextState Begin(int most);
}
