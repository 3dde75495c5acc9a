using FlowCompile.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// A prompt that the model cannot take: text outside of its vocabulary, or more tokens than its context holds. The message is one line
/// that names the piece or the numbers.
/// </summary>
public sealed class PromptException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What the model cannot take, in one line.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public PromptException(string message, Exception? innerException = null)
        : base(message is null ? null : ShownText.OfMessage(message).ToString(), innerException)
    {
    }
}
