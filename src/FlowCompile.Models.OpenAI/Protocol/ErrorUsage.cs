using System.Text.Json;
using System.Text.Json.Nodes;

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
            return Of(LenientJson.ReadAll(body.ToMemory().Span)[0]);
        }
        catch (JsonException)
        {
            return null; // The status says enough.
        }
    }

    /// <summary>The usage beside or in the <c>error</c> member of an object; <see langword="null"/> where there is none that can be.</summary>
    /// <param name="root">The object.</param>
    public static ChatUsage? Of(JsonNode? root)
    {
        try
        {
            return (root.Object("usage") ?? root.Object("error").Object("usage")) is { } usage ? ChatUsage.Read(usage) : null;
        }
        catch (JsonException)
        {
            return null; // Counts that cannot be: the error counts, whatever it says of them.
        }
    }
}
