using System.Text.Json;

namespace FlowCompile.Models.OpenAI;

/// <summary>What a server says a call took.</summary>
/// <param name="Input">Tokens of the prompt.</param>
/// <param name="Output">Generated tokens, thinking included.</param>
/// <param name="Reasoning">Thinking tokens; <see langword="null"/> where the server does not tell.</param>
/// <param name="Cached">Tokens of the prompt that the server had cached; <see langword="null"/> where it does not tell.</param>
internal sealed record ChatUsage(long Input, long Output, long? Reasoning, long? Cached)
{
    // More than any model generates; for each token there is a time.
    private const long Most = 10_000_000;

    /// <summary>Reads the usage of an answer.</summary>
    /// <param name="usage">Its object.</param>
    /// <exception cref="JsonException">It has counts that cannot be.</exception>
    public static ChatUsage Read(JsonElement usage)
    {
        var (input, output) = (Count(usage, "prompt_tokens") ?? 0, Count(usage, "completion_tokens") ?? 0);
        var reasoning = Count(Details(usage, "completion_tokens_details"), "reasoning_tokens")
            ?? Count(Details(usage, "output_tokens_details"), "reasoning_tokens")
            ?? Count(usage, "reasoning_tokens");

        // Most servers count thinking among the generated tokens. Of those that do not the total says so, even where it alone knows of the thinking.
        var cached = Count(Details(usage, "prompt_tokens_details"), "cached_tokens");
        var beside = Count(usage, "total_tokens") is { } total && total > input + output ? total - input - output : 0;
        if (reasoning is null ? beside > 0 && beside != cached : reasoning > output || (reasoning > 0 && beside == reasoning))
        {
            reasoning ??= beside;
            output += reasoning.Value;
        }

        return new ChatUsage(input, output, reasoning, cached);
    }

    /// <summary>The usage of two calls of which the second goes on where the first has ended: its prompt was counted already.</summary>
    /// <param name="next">The second one's.</param>
    public ChatUsage With(ChatUsage next) => this with
    {
        Output = Output + next.Output,
        Reasoning = Reasoning is null && next.Reasoning is null ? null : (Reasoning ?? 0) + (next.Reasoning ?? 0),
    };

    private static JsonElement? Details(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    private static long? Count(JsonElement? owner, string name) =>
        owner is { } value && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var count) && count >= 0
            ? count <= Most ? count : throw new JsonException($"'{name}' is more than can be")
            : null;
}
