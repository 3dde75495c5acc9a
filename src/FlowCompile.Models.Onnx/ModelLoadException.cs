using FlowCompile.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>A model that cannot be loaded. The message is one line: which file, what is wrong with it, and what to do.</summary>
public sealed class ModelLoadException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, what is wrong, and what to do, in one line.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public ModelLoadException(string message, Exception? innerException = null)
        : base(message is null ? null : ShownText.OfMessage(message).ToString(), innerException)
    {
    }
}
