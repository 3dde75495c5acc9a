using System.Text;
using FlowCompile.Files;
using FlowCompile.Text;

namespace FlowCompile.Profiling;

/// <summary>Reads the lines of a file of cases one after the other: UTF-8, or UTF-16 and UTF-32 where the file begins with their mark.</summary>
internal static class CaseLines
{
    // A case is an object, not a book: without a bound a file without line ends would fill the memory.
    private const int MaxLine = 64 << 20;

    /// <summary>The lines with their numbers, from 1.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ProfileException">The file cannot be read, or is no text; the message names the line and the byte.</exception>
    public static IEnumerable<(int Number, string Text)> Read(string path)
    {
        using var stream = Guarded(path, () => InputFile.Open(path));
        if (OtherEncoding(path, stream) is { } encoding)
        {
            using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false);
            for (var number = 1; Guarded(path, reader.ReadLine) is { } line; number++)
            {
                yield return (number, line);
            }

            yield break;
        }

        using var lines = new ByteLines(stream, MaxLine);
        for (var number = 1; Guarded(path, lines.TryRead); number++)
        {
            yield return (number, Decode(path, number, lines.Line));
        }
    }

    // By the mark at the start; what is none of its characters is refused, and not replaced.
    private static Encoding? OtherEncoding(string path, FileStream stream)
    {
        var start = new byte[4];
        var length = Guarded(path, () => stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        stream.Position = 0;
        return start switch
        {
            [0, 0, 0xFE, 0xFF] when length == 4 => new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
            [0xFF, 0xFE, 0, 0] when length == 4 => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
            [0xFF, 0xFE, ..] when length >= 2 => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] when length >= 2 => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => null,
        };
    }

    private static string Decode(string path, int number, ReadOnlySpan<byte> line)
    {
        if (number == 1 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        return Utf8Text.FindInvalid(line) is { } invalid
            ? throw new ProfileException(FormattableString.Invariant($"{path}({number}): {invalid.Problem}"))
            : Encoding.UTF8.GetString(line);
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ProfileException($"{path}: there is no such file; check the path under 'workflows' in flowcompile.json", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new ProfileException($"{path}: it begins with the mark of UTF-16 or UTF-32 and is no such text; save the file as UTF-8", e);
        }
        catch (FileKindException e)
        {
            throw new ProfileException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException($"{path}: it cannot be read ({e.Message})", e);
        }
    }
}
