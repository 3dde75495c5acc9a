using System.Text.Json;

namespace FlowCompile.Models.OpenAI;

/// <summary>One piece of an answer as it is sent: an event of a stream, or the whole body where the server does not stream.</summary>
internal sealed record ChatChunk
{
    /// <summary>The event that ends a stream.</summary>
    public static ChatChunk Done { get; } = new() { IsDone = true };

    public bool IsDone { get; private init; }

    public string? Id { get; private init; }

    public string? Model { get; private init; }

    public string Thinking { get; private init; } = "";

    public string Text { get; private init; } = "";

    public string? FinishReason { get; init; }

    public ChatUsage? Usage { get; private init; }

    /// <summary>What the server says went wrong.</summary>
    public string? Error { get; private init; }

    /// <exception cref="JsonException">It is no JSON, or not what the protocol says.</exception>
    public static ChatChunk Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            return Done;
        }

        var reader = new Utf8JsonReader(utf8);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("the answer is not an object");
        }

        if (root.TryGetProperty("error", out var error) && error.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            return new ChatChunk { Error = ErrorText.Of(error), Usage = ErrorUsage.Of(root) };
        }

        var choice = Choice(root);
        var part = Object(choice, "delta") ?? Object(choice, "message");
        return new ChatChunk
        {
            Id = Name(root, "id"),
            Model = Name(root, "model"),
            // Servers differ in the name they give the thinking, and some send more than one, of which all but one may be empty.
            Thinking = Filled(Name(part, "reasoning_content")) ?? Filled(Name(part, "reasoning")) ?? ChatParts.Thinking(part),
            Text = Filled(ChatParts.Text(part) ?? Member(part, "content")) ?? Member(part, "refusal") ?? "",
            FinishReason = Member(choice, "finish_reason"),
            Usage = Object(root, "usage") is { } usage ? ChatUsage.Read(usage) : null,
        };
    }

    private static JsonElement? Choice(JsonElement root)
    {
        if (!root.TryGetProperty("choices", out var choices) || choices.ValueKind == JsonValueKind.Null)
        {
            return root.TryGetProperty("usage", out _) ? null : throw new JsonException("the answer lacks 'choices'");
        }

        // The piece that carries the usage has no choices.
        return choices.ValueKind != JsonValueKind.Array ? throw new JsonException("'choices' is not a list")
            : choices.GetArrayLength() == 0 ? null
            : choices[0].ValueKind == JsonValueKind.Object ? choices[0]
            : throw new JsonException("a choice is not an object");
    }

    private static JsonElement? Object(JsonElement? owner, string name) =>
        owner is { } value && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    private static string? Member(JsonElement? owner, string name)
    {
        if (owner is not { } value || !value.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.String ? member.GetString() : throw new JsonException($"'{name}' is not a text");
    }

    // What only names something, or is one of several forms, fails no call.
    private static string? Name(JsonElement? owner, string name) =>
        owner is { } value && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static string? Filled(string? text) => text is { Length: > 0 } ? text : null;
}
