namespace FlowCompile;

/// <summary>Why a model call failed.</summary>
public enum ModelCallFailure
{
    /// <summary>The endpoint could not be reached, or the connection broke before an answer began.</summary>
    Connection,

    /// <summary>No whole answer within the time limit.</summary>
    Timeout,

    /// <summary>The endpoint asks for fewer calls (429).</summary>
    RateLimited,

    /// <summary>The endpoint failed (5xx).</summary>
    ServerError,

    /// <summary>The endpoint refuses the call, which would not be better a second time (4xx): key, model id, or a field it does not take.</summary>
    Refused,

    /// <summary>The answer broke off.</summary>
    CutStream,

    /// <summary>The answer is not what the protocol says.</summary>
    InvalidResponse,

    /// <summary>The answer is empty.</summary>
    EmptyAnswer,

    /// <summary>A replayed model has no record of the call.</summary>
    NotRecorded,
}
