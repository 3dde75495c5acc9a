using System.Text.Json;

namespace FlowCompile.Models.OpenAI;

/// <summary>What an error body says beside its message. As it is: it may quote a key.</summary>
/// <param name="Text">All texts of the body, a line each: message, code, type and whatever else stands there.</param>
/// <param name="Fields">The fields that it names as such: <c>param</c>, and the places (<c>loc</c>) of failed checks, dots leading into objects.</param>
/// <param name="RetryDelay">How long to wait, in seconds, where the body says so.</param>
internal sealed record ErrorDetails(string Text, IReadOnlyList<string> Fields, double? RetryDelay)
{
    /// <summary>Reads a body.</summary>
    public static ErrorDetails Of(BinaryData body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToMemory());
            var reading = new Reading();
            reading.Read(document.RootElement);
            return new ErrorDetails(string.Join('\n', reading.Texts), reading.Fields, reading.RetryDelay);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Words, or JSON of which only the beginning is there. InvalidOperationException: a text that is no UTF-16.
            return new ErrorDetails(body.ToString().Replace("\\\"", "\"", StringComparison.Ordinal), [], RetryDelay: null);
        }
    }

    private sealed class Reading
    {
        public List<string> Texts { get; } = [];

        public List<string> Fields { get; } = [];

        public double? RetryDelay { get; private set; }

        public void Read(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in element.EnumerateObject())
                    {
                        Read(member);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                    {
                        Read(item);
                    }

                    break;
                case JsonValueKind.String:
                    Texts.Add(element.GetString()!);
                    break;
            }
        }

        private void Read(JsonProperty member)
        {
            switch (member.Name)
            {
                // What was sent says nothing of what is wrong with it.
                case "input":
                    return;
                case "param" or "field" when member.Value.ValueKind == JsonValueKind.String:
                    Fields.Add(member.Value.GetString()!);
                    return;
                case "loc" when member.Value.ValueKind == JsonValueKind.Array:
                    Fields.Add(string.Join('.', member.Value.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.String).Select(part => part.GetString()).SkipWhile(part => part == "body")));
                    return;
                case "retryDelay" when member.Value.ValueKind == JsonValueKind.String:
                    RetryDelay = WaitText.Seconds(member.Value.GetString()!);
                    return;
                case "estimated_time" when member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var seconds):
                    RetryDelay = seconds;
                    return;
                default:
                    Read(member.Value);
                    return;
            }
        }
    }
}
