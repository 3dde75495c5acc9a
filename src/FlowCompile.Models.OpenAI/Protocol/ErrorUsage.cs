using System.Text.Json;

namespace FlowCompile.Models.OpenAI;

/// <summary>What an error says that its request has taken: some servers bill what was generated before they gave up.</summary>
internal static class ErrorUsage
{
    /// <summary>The usage beside or in the <c>error</c> member of an error's body; <see langword="null"/> where there is none.</summary>
    /// <param name="body">The body.</param>
    public static ChatUsage? Of(BinaryData body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToMemory());
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null; // The status says enough.
        }
    }

    /// <summary>The usage beside or in the <c>error</c> member of an object; <see langword="null"/> where there is none that can be.</summary>
    /// <param name="root">The object.</param>
    public static ChatUsage? Of(JsonElement root)
    {
        try
        {
            return Object(root, "usage") is { } beside ? ChatUsage.Read(beside)
                : Object(root, "error") is { } error && Object(error, "usage") is { } inside ? ChatUsage.Read(inside)
                : null;
        }
        catch (JsonException)
        {
            return null; // Counts that cannot be: the error counts, whatever it says of them.
        }
    }

    private static JsonElement? Object(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;
}
