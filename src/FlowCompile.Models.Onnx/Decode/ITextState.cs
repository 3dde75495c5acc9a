namespace FlowCompile.Models.Onnx;

/// <summary>One text under way in a network. Not for several threads.</summary>
internal interface ITextState : IDisposable
{
    /// <summary>How many tokens the network has read.</summary>
    int Position { get; }

    /// <summary>The logits after the last token read.</summary>
    ReadOnlySpan<float> Logits { get; }

    /// <summary>Lets the network read tokens. Where that fails, the text stays as it was.</summary>
    /// <param name="tokens">The tokens, one or more; with those read before no more than the context holds.</param>
    void Read(ReadOnlySpan<int> tokens);

    /// <summary>A text that goes on from here on its own, without the logits.</summary>
    ITextState Fork();
}
