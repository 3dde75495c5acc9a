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

    /// <summary>The answer is empty: blank, nothing but thinking, or cut before it began. The message says which.</summary>
    EmptyAnswer,

    /// <summary>A replayed model has no record of the call.</summary>
    NotRecorded,

    /// <summary>A filter of the endpoint withheld the answer, or refused the prompt.</summary>
    ContentFiltered,

    /// <summary>The model called a tool instead of answering; none was offered.</summary>
    ToolCall,

    /// <summary>The marks in the answer do not tell what is thinking and what is answer.</summary>
    UnclearThinking,
}
