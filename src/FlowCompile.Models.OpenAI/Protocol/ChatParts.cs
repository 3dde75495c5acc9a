using System.Text.Json;

namespace FlowCompile.Models.OpenAI;

/// <summary>Reads a content that is a list of parts: texts, and thinking, which is a list of texts itself.</summary>
internal static class ChatParts
{
    /// <summary>The answer in the parts; <see langword="null"/> where the content is no list.</summary>
    /// <param name="message">The message, or what is added to it.</param>
    public static string? Text(JsonElement? message) => Content(message) is { } parts ? Join(parts, "text") : null;

    /// <summary>The thinking in the parts; empty where there is none.</summary>
    /// <param name="message">The message, or what is added to it.</param>
    public static string Thinking(JsonElement? message) => Content(message) is { } parts ? Join(parts, "thinking") : "";

    private static JsonElement? Content(JsonElement? message) =>
        message is { } value && value.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array ? content : null;

    private static string Join(JsonElement parts, string kind) => string.Concat(parts.EnumerateArray()
        .Where(part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == kind)
        .Select(part => !part.TryGetProperty(kind, out var inner) ? ""
            : inner.ValueKind == JsonValueKind.String ? inner.GetString()
            : inner.ValueKind == JsonValueKind.Array ? Join(inner, "text")
            : ""));
}
