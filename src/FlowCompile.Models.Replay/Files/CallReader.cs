using System.Text.Json;

namespace FlowCompile.Models.Replay;

/// <summary>Reads files with a recorded call on each line, as <see cref="RecordingChatClient"/> writes them.</summary>
internal static class CallReader
{
    public static IEnumerable<RecordedCall> Read(string path)
    {
        using var text = RecordedFile.Open(path);
        for (var line = 1; text.ReadLine() is { } json; line++)
        {
            if (!string.IsNullOrWhiteSpace(json))
            {
                yield return ReadLine(path, line, json);
            }
        }
    }

    /// <summary>The text of each query of a table, by its id; long texts are cut.</summary>
    public static IEnumerable<(string Id, string Text, bool IsCut)> ReadQueries(string path)
    {
        using var reader = RecordedFile.Open(path);
        for (var line = 1; reader.ReadLine() is { } json; line++)
        {
            using var document = Parse(path, line, json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("query_id", out var id) || id.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            {
                throw new ReplayFileException(path, line, "a query has 'query_id' and 'text'");
            }

            var whole = text.GetString()!;
            yield return (id.GetString()!, whole, root.TryGetProperty("chars", out var chars) && chars.ValueKind == JsonValueKind.Number && chars.GetDouble() > whole.Length);
        }
    }

    private static RecordedCall ReadLine(string path, int line, string json)
    {
        try
        {
            return (JsonSerializer.Deserialize(json, CallLineJson.Default.CallLine) ?? throw new JsonException("a call is an object")).ToCall();
        }
        catch (JsonException e)
        {
            throw Fail(path, line, e);
        }
    }

    private static JsonDocument Parse(string path, int line, string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw Fail(path, line, e);
        }
    }

    // The reader appends its own line and position, counted within the line.
    private static ReplayFileException Fail(string path, int line, JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var message = end < 0 ? e.Message : e.Message[..end];
        end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return new ReplayFileException(path, line, (end < 0 ? message : message[..end]).ReplaceLineEndings(" ").TrimEnd('.', ' ', '|'), e);
    }
}
