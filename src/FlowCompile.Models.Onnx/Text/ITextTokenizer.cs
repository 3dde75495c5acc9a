namespace FlowCompile.Models.Onnx;

/// <summary>Text to token ids and back. For several threads at once.</summary>
internal interface ITextTokenizer
{
    /// <summary>Reads a prompt.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <exception cref="PromptException">The tokenizer has no ids for a piece of the text.</exception>
    List<int> Encode(Prompt prompt);

    /// <summary>The id of a token by its text; <see langword="null"/> where there is none.</summary>
    int? IdOf(string token);

    /// <summary>Begins to write ids as text.</summary>
    /// <param name="markers">Whether special tokens are written too.</param>
    TokenText Write(bool markers);
}
