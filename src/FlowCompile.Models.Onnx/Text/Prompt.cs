namespace FlowCompile.Models.Onnx;

/// <summary>A prompt as text.</summary>
/// <param name="Text">All of it, with the markers of a chat format.</param>
/// <param name="Contents">
/// Where the contents of messages are, in order and apart: text there is never read as a special token or one of <paramref name="Marks"/>,
/// whatever it looks like. Empty where the markers of the whole text count.
/// </param>
/// <param name="Marks">The tokens of the chat format that the tokenizer does not call special.</param>
/// <param name="HasEnds">Whether the text has the tokens that begin a text; else the tokenizer adds them.</param>
internal sealed record Prompt(string Text, IReadOnlyList<(int Start, int End)> Contents, IReadOnlyCollection<string> Marks, bool HasEnds)
{
    /// <summary>A text whose markers count, to which the tokenizer adds what it adds to a text.</summary>
    public static Prompt Plain(string text) => new(text, [], [], HasEnds: false);
}
