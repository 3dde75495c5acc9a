using System.Globalization;
using System.Text;

namespace FlowCompile.Models.OpenAI.Tests.Field;

/// <summary>A captured case: a head that says what is right and how the client is set, a line <c>---</c>, and the raw responses, parted by lines <c>===</c>.</summary>
internal sealed record ChatCase(IReadOnlyDictionary<string, string> Head, IReadOnlyList<byte[]> Responses)
{
    public static ChatCase Read(string path)
    {
        // Latin 1 keeps every byte.
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        var end = text.IndexOf("\n---\n", StringComparison.Ordinal);
        Assert.True(end >= 0, $"{path}: no line '---'.");
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text[..end])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] is not ('#' or '%')))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Assert.True(colon > 0, $"{path}: '{line}' has no colon.");
            head[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new ChatCase(head, [.. text[(end + 5)..].Split("\n===\n").Select(Response)]);
    }

    public string? Value(string key) => Head.GetValueOrDefault(key);

    public int? Number(string key) => Head.TryGetValue(key, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static byte[] Response(string text)
    {
        var (status, type, headers) = ("200 OK", "text/event-stream", new List<string>());
        while (text.StartsWith('@'))
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var at ? at : text.Length;
            var words = text[..end].TrimEnd('\r').Split(' ', 2);
            switch (words[0])
            {
                case "@status":
                    status = words[1];
                    break;
                case "@type":
                    type = words[1];
                    break;
                case "@header":
                    headers.Add(words[1]);
                    break;
                default:
                    Assert.Fail($"'{words[0]}' is unknown.");
                    break;
            }

            text = text[Math.Min(text.Length, end + 1)..];
        }

        return RawServer.Response(Encoding.Latin1.GetBytes(text), status, [$"Content-Type: {type}", .. headers]);
    }
}
