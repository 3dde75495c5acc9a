using System.IO.Compression;
using System.Text;
using FlowCompile.Files;

namespace FlowCompile.Models.Replay;

/// <summary>Opens files of recorded calls, compressed or not.</summary>
internal static class RecordedFile
{
    /// <summary>What stands for bytes that are no UTF-8: no character, so that no text has it.</summary>
    public const char Invalid = '\uFFFF';

    /// <summary>What to say of such bytes.</summary>
    public const string InvalidText = "the text is not UTF-8; save the file as UTF-8";

    private const int BufferSize = 65_536;

    private static readonly Encoding s_utf8 = Encoding.GetEncoding(
        Encoding.UTF8.CodePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(Invalid.ToString()));

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="ReplayFileException">It is not there, is no file, or cannot be read.</exception>
    public static StreamReader Open(string path)
    {
        try
        {
            var stream = InputFile.Open(path);
            return new StreamReader(
                path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream,
                s_utf8,
                detectEncodingFromByteOrderMarks: false,
                BufferSize);
        }
        catch (FileKindException e)
        {
            throw new ReplayFileException(path, null, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReplayFileException(path, null, e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : $"it cannot be read ({e.Message})", e);
        }
    }

    /// <summary>Whether a file is a table of outcomes; otherwise it has a call on each line.</summary>
    public static bool IsTable(string path) => Bare(path).EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file of a table's queries: <c>name_queries.jsonl</c> beside <c>name.csv</c>, compressed or not; <see langword="null"/> where there is none.</summary>
    public static string? QueriesOf(string table)
    {
        var start = Bare(table)[..^".csv".Length] + "_queries.jsonl";
        return File.Exists(start + ".gz") ? start + ".gz" : File.Exists(start) ? start : null;
    }

    private static string Bare(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
}
