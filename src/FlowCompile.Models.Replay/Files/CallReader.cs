using System.Text.Json;
using FlowCompile.Text;

namespace FlowCompile.Models.Replay;

/// <summary>Reads files with a recorded call on each line, as <see cref="RecordingChatClient"/> writes them.</summary>
internal static class CallReader
{
    public static IEnumerable<RecordedCall> Read(string path)
    {
        foreach (var (line, json) in RecordedLines.Read(path))
        {
            yield return ReadLine(path, line, json);
        }
    }

    /// <summary>The text of each query of a table, by its id; long texts are cut.</summary>
    public static IEnumerable<(string Id, string Text, bool IsCut)> ReadQueries(string path)
    {
        foreach (var (line, json) in RecordedLines.Read(path))
        {
            using var document = Parse(path, line, json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("query_id", out var id) || id.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            {
                throw new ReplayFileException(path, line, "a query has 'query_id' and 'text'");
            }

            var whole = Text(path, line, text);
            yield return (Text(path, line, id), whole, root.TryGetProperty("chars", out var chars) && chars.ValueKind == JsonValueKind.Number && chars.GetDouble() > whole.Length);
        }
    }

    private static RecordedCall ReadLine(string path, int line, string json)
    {
        try
        {
            var call = (JsonSerializer.Deserialize(json, CallLineJson.Default.CallLine) ?? throw new JsonException("a call is an object")).ToCall();
            RefuseRepeats(json);
            return call;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Fail(path, line, e);
        }
    }

    // Of two values one would be taken in silence.
    private static void RefuseRepeats(string json)
    {
        using var document = JsonDocument.Parse(json);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (!names.Add(member.Name))
            {
                throw new JsonException($"'{OutsideText.Show(member.Name)}' is there twice");
            }
        }
    }

    // Half of a surrogate pair is well-formed JSON, and no text.
    private static string Text(string path, int line, JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new ReplayFileException(path, line, "a text is no valid UTF-16: it has half of a surrogate pair", e);
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
    private static ReplayFileException Fail(string path, int line, Exception e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var message = end < 0 ? e.Message : e.Message[..end];
        end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return new ReplayFileException(path, line, (end < 0 ? message : message[..end]).ReplaceLineEndings(" ").TrimEnd('.', ' ', '|'), e);
    }
}
