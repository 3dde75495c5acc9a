namespace FlowCompile.Models.OpenAI;

/// <summary>How a server is told the reasoning budget of a call.</summary>
public enum ReasoningMeans
{
    /// <summary>Not at all: for models that do not think.</summary>
    None,

    /// <summary>A field of the request says the most thinking tokens.</summary>
    Limit,

    /// <summary>A field of the request says an effort, chosen by the budget. An effort is a wish: the model may think more.</summary>
    Effort,

    /// <summary>
    /// The thinking is decoded as far as the budget; where it has not ended by then, its end is put there and a second call
    /// continues from that prefix (<c>continue_final_message</c>, as vLLM and SGLang take it).
    /// </summary>
    Continue,
}
