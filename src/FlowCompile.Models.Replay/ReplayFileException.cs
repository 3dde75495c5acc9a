using FlowCompile.Text;

namespace FlowCompile.Models.Replay;

/// <summary>A file of recorded calls that cannot be used. The message is one line: the file, the line where there is one, and what is wrong.</summary>
public sealed class ReplayFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1; <see langword="null"/> where it is about no single line.</param>
    /// <param name="problem">What is wrong, and what to do.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public ReplayFileException(string file, long? line, string problem, Exception? innerException = null)
        : base(ShownText.OfMessage(line is { } number ? FormattableString.Invariant($"{file}({number}): {problem}") : $"{file}: {problem}").ToString(), innerException)
    {
    }
}
