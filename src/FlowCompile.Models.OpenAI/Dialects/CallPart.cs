namespace FlowCompile.Models.OpenAI;

/// <summary>Which request of a call an answer belongs to.</summary>
internal enum CallPart
{
    /// <summary>The only one.</summary>
    Whole,

    /// <summary>The first of a continuation: it may end within the thinking.</summary>
    First,

    /// <summary>The second of a continuation: the thinking has been closed before it.</summary>
    Second,
}
