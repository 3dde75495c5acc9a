namespace FlowCompile.Models.Onnx;

/// <summary>Where a prompt leaves the thinking.</summary>
internal enum ThinkingState
{
    /// <summary>There is none, or it is closed: an answer follows.</summary>
    Closed,

    /// <summary>It is open.</summary>
    Open,

    /// <summary>The model may open it by its first token.</summary>
    Offered,
}
