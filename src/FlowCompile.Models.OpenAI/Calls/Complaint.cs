namespace FlowCompile.Models.OpenAI;

/// <summary>What an error is about, where its status does not say it.</summary>
internal enum Complaint
{
    /// <summary>What the status says.</summary>
    Other,

    /// <summary>The prompt was refused for its content.</summary>
    Filtered,

    /// <summary>Prompt and answer are longer than the model takes.</summary>
    TooLong,

    /// <summary>Money, or the calls of a day or a month, are used up.</summary>
    Quota,

    /// <summary>The server is still loading the model.</summary>
    Loading,
}
