namespace FlowCompile.Models.Onnx;

/// <summary>What a generated token is.</summary>
internal enum TokenKind
{
    /// <summary>The token by which the model itself began its thinking.</summary>
    StartOfThinking,

    /// <summary>A token of the thinking.</summary>
    Thinking,

    /// <summary>The token by which the model itself ended its thinking.</summary>
    EndOfThinking,

    /// <summary>A token of the answer.</summary>
    Answer,

    /// <summary>The token by which the model ended the text.</summary>
    End,
}
