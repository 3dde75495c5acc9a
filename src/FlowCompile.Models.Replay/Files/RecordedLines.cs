using System.Text;

namespace FlowCompile.Models.Replay;

/// <summary>The lines of a file of JSON lines, with their numbers; blank ones are left out.</summary>
internal static class RecordedLines
{
    // More than any call has, and little enough to hold.
    private const int MaxLine = 1 << 26;

    /// <summary>Reads the lines.</summary>
    /// <exception cref="ReplayFileException">The file cannot be read, a line is no UTF-8, or longer than 64 MiB.</exception>
    public static IEnumerable<(int Number, string Text)> Read(string path)
    {
        using var reader = RecordedFile.Open(path);
        var line = new StringBuilder();
        for (var number = 1; Next(reader, line, path, number); number++)
        {
            var text = line.ToString();
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return (number, text);
            }
        }
    }

    private static bool Next(StreamReader reader, StringBuilder line, string path, int number)
    {
        line.Clear();
        for (int c; (c = reader.Read()) >= 0;)
        {
            if (c is '\n' or '\r')
            {
                if (c == '\r' && reader.Peek() == '\n')
                {
                    reader.Read();
                }

                return true;
            }

            if (c == RecordedFile.Invalid)
            {
                throw new ReplayFileException(path, number, RecordedFile.InvalidText);
            }

            if (line.Length == MaxLine)
            {
                throw new ReplayFileException(path, number, "the line is longer than 64 MiB, which no call is");
            }

            line.Append((char)c);
        }

        return line.Length > 0;
    }
}
