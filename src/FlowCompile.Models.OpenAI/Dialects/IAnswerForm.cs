namespace FlowCompile.Models.OpenAI;

/// <summary>A form in which servers send thinking and answer.</summary>
internal interface IAnswerForm
{
    /// <summary>Reads an answer that has the form; <see langword="null"/> for one that has not.</summary>
    /// <param name="received">What was sent.</param>
    AnswerReading? TryRead(Received received);
}
