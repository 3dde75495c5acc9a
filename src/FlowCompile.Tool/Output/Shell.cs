namespace FlowCompile.Tool.Output;

/// <summary>Writes what a person copies into a shell.</summary>
internal static class Shell
{
    /// <summary>A word that a shell takes as one: as it is where nothing in it means something to a shell, else in quotation marks.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word[0] != '-' && word.All(IsPlain))
        {
            return word;
        }

        // Windows' shells know double quotation marks only; within single ones a POSIX shell reads everything as it is.
        return OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(char one) => char.IsLetterOrDigit(one) || one is '/' or '.' or '-' or '_' or '=' or '@' or ':' or ',' or '+' or '%' || (one == '\\' && OperatingSystem.IsWindows());
}
