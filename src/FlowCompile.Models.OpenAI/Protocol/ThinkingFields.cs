using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>Reads thinking that a server sends in a field of its own.</summary>
internal static class ThinkingFields
{
    // Servers differ in the name, and some send more than one, of which all but one may be empty, or which say the same: the first that has text counts.
    private static readonly string[] s_names =
        ["reasoning_content", "reasoning", "reasoning_details", "thinking", "thinking_content", "reasoning_text", "thinking_blocks", "thought"];

    // Where a field is an object or a list, the text is in one of these. Encrypted thinking is no text.
    private static readonly string[] s_members = ["text", "thinking", "summary", "content"];

    /// <summary>The thinking in a message or in what is added to it; empty where there is none.</summary>
    public static string Of(JsonObject? message) => message is null ? "" : s_names.Select(name => Flat(message[name])).FirstOrDefault(text => text.Length > 0) ?? "";

    /// <summary>The text in a field of any form.</summary>
    public static string Flat(JsonNode? node) => node switch
    {
        JsonArray list => string.Concat(list.Select(Flat)),
        JsonObject one => s_members.Select(name => Flat(one[name])).FirstOrDefault(text => text.Length > 0) ?? "",
        _ => node.AsText() ?? "",
    };
}
