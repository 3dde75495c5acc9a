namespace FlowCompile.Models.OpenAI;

/// <summary>How a model and its server part thinking from answer.</summary>
internal enum AnswerForm
{
    /// <summary>Not at all: all is answer.</summary>
    Plain,

    /// <summary>Thinking comes in a field of its own.</summary>
    Field,

    /// <summary>Thinking is the beginning of the content, between an opening and a closing mark.</summary>
    Block,

    /// <summary>Only the closing mark is there: the template has opened the thinking.</summary>
    ClosedOnly,

    /// <summary>Thinking is in several blocks, or behind some answer.</summary>
    Blocks,

    /// <summary>The field for thinking holds its beginning; the rest is in the content, with the closing mark.</summary>
    RestInContent,

    /// <summary>The field for thinking holds the answer as well, behind a closing mark.</summary>
    AnswerInField,

    /// <summary>The content has channels.</summary>
    Channels,

    /// <summary>The content has channels whose marks the server has taken out.</summary>
    BareChannels,

    /// <summary>The first call of a continuation was cut in thinking that the template had opened.</summary>
    CutThinking,

    /// <summary>The second call of a continuation, whose answer the server took for thinking.</summary>
    ContinuedAsThinking,
}
