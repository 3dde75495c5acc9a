using FlowCompile.Text;

namespace FlowCompile.Settings;

/// <summary>A <c>flowcompile.json</c> that cannot be used. The message is one line: the file, the line where there is one, what is wrong, and what to do.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1; <see langword="null"/> where it is about no single line.</param>
    /// <param name="problem">What is wrong, and what to do.</param>
    /// <param name="innerException">Why, where another exception says more.</param>
    public SettingsException(string file, int? line, string problem, Exception? innerException = null)
        : base($"{file}{(line is { } number ? FormattableString.Invariant($"({number})") : "")}: {ShownText.OfMessage(problem)}", innerException)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, from 1; <see langword="null"/> where it is about no single line.</summary>
    public int? Line { get; }
}
