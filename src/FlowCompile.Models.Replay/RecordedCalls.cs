namespace FlowCompile.Models.Replay;

/// <summary>
/// Reads files of recorded calls: lines of JSON as <see cref="RecordingChatClient"/> writes them, or tables of outcomes
/// (comma-separated, with the columns <c>query_id</c>, <c>model</c> and <c>correct</c>). A name that ends in <c>.gz</c> is
/// decompressed.
/// </summary>
public static class RecordedCalls
{
    /// <summary>Reads the calls of a file, one after another; nothing of it is kept.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ReplayFileException">The file is missing or malformed; the message names the line.</exception>
    public static IEnumerable<RecordedCall> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Guarded(path, RecordedFile.IsTable(path) ? TableReader.Read(path) : CallReader.Read(path));
    }

    /// <summary>Reads a leaderboard: a table with the columns <c>model</c>, <c>test_cases</c>, <c>pass_rate_1</c> and <c>pass_rate_2</c>. It has no calls to replay.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ReplayFileException">The file is missing or malformed; the message names the line.</exception>
    public static IEnumerable<RecordedAggregate> ReadAggregates(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Guarded(path, AggregateReader.Read(path));
    }

    // Decompression fails while reading.
    private static IEnumerable<T> Guarded<T>(string path, IEnumerable<T> read)
    {
        using var rows = read.GetEnumerator();
        while (true)
        {
            try
            {
                if (!rows.MoveNext())
                {
                    yield break;
                }
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                throw new ReplayFileException(path, null, $"it cannot be read ({e.Message.ReplaceLineEndings(" ")})", e);
            }

            yield return rows.Current;
        }
    }
}
