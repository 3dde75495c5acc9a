namespace FlowCompile.Models.Onnx;

/// <summary>Why a text ended.</summary>
internal enum GenerationEnd
{
    /// <summary>The model ended it.</summary>
    Stop,

    /// <summary>The most tokens asked for, or the end of the context, came first.</summary>
    Length,
}
