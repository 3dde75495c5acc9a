namespace FlowCompile.Models.OpenAI;

/// <summary>What a piece says of how an answer has ended.</summary>
internal enum ChatSign
{
    None,

    /// <summary>The piece is a refusal, in place of an answer.</summary>
    Refusal,

    /// <summary>A refusal came behind the beginning of an answer.</summary>
    BrokenOffByRefusal,

    /// <summary>A tool is called.</summary>
    CallsTool,
}
