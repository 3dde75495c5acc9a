namespace FlowCompile.Tool.Output;

/// <summary>Writes what a person copies into a shell.</summary>
internal static class Shell
{
    /// <summary>A word that a shell takes as one: as it is where nothing in it means something to a shell, else in quotation marks.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(IsPlain))
        {
            return word;
        }

        // Double quotation marks do in every shell, but within them some characters keep a meaning; a POSIX shell reads everything within single ones as it is.
        return OperatingSystem.IsWindows() || !word.Any(one => one is '$' or '`' or '"' or '\\' or '!')
            ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(char one) => char.IsLetterOrDigit(one) || one is '/' or '.' or '-' or '_' or '=' or '@' or ':' or ',' or '+' or '%' || (one == '\\' && OperatingSystem.IsWindows());
}
