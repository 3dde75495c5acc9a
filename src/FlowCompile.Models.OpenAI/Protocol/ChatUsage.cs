using System.Text.Json;
using System.Text.Json.Nodes;

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

    // The names that servers give the counts; the protocol's come first.
    private static readonly string[] s_input = ["prompt_tokens", "input_tokens", "promptTokens", "inputTokens", "prompt_token_count", "promptTokenCount", "input_token_count", "prompt_eval_count", "prompt_n"];
    private static readonly string[] s_output =
        ["completion_tokens", "output_tokens", "completionTokens", "outputTokens", "candidates_token_count", "candidatesTokenCount", "output_token_count", "generated_tokens", "eval_count", "predicted_n"];
    private static readonly string[] s_total = ["total_tokens", "totalTokens", "total_token_count", "totalTokenCount"];
    private static readonly string[] s_outputDetails = ["completion_tokens_details", "output_tokens_details", "completionTokensDetails", "outputTokensDetails"];
    private static readonly string[] s_inputDetails = ["prompt_tokens_details", "input_tokens_details", "promptTokensDetails", "inputTokensDetails"];
    private static readonly string[] s_reasoning = ["reasoning_tokens", "thinking_tokens", "reasoningTokens", "thoughts_token_count", "thoughtsTokenCount"];
    private static readonly string[] s_cached = ["cached_tokens", "cachedTokens"];
    private static readonly string[] s_cachedBeside =
        ["prompt_cache_hit_tokens", "cache_read_input_tokens", "cached_content_token_count", "cachedContentTokenCount", "cached_tokens", "cachedTokens", "cached_prompt_tokens"];

    /// <summary>Reads the usage of an answer; <see langword="null"/> where it has no count. A count below 0 is none.</summary>
    /// <param name="usage">Its object.</param>
    /// <exception cref="JsonException">It has counts that cannot be.</exception>
    public static ChatUsage? Read(JsonObject usage)
    {
        var (told, generated, total) = (Count(usage, s_input), Count(usage, s_output), Count(usage, s_total));
        if ((told ?? generated ?? total) is null)
        {
            return null;
        }

        var input = told ?? Math.Max(0, (total ?? 0) - (generated ?? total ?? 0));
        var output = generated ?? Math.Max(0, (total ?? 0) - input);
        var reasoning = s_outputDetails.Select(name => Count(usage.Object(name), s_reasoning)).FirstOrDefault(count => count is not null) ?? Count(usage, s_reasoning);

        // Most servers count thinking among the generated tokens. Of those that do not the total says so, even where it alone knows of the thinking.
        var cached = s_inputDetails.Select(name => Count(usage.Object(name), s_cached)).FirstOrDefault(count => count is not null) ?? Count(usage, s_cachedBeside);
        var beside = total > input + output ? total.Value - input - output : 0;
        if (reasoning is null ? beside > 0 && beside != cached : reasoning > output || (reasoning > 0 && beside == reasoning))
        {
            reasoning ??= beside;
            output += reasoning.Value;
        }

        return new ChatUsage(input, output, reasoning, cached is null ? null : Math.Min(cached.Value, input));
    }

    /// <summary>The usage of two calls of which the second goes on where the first has ended: its prompt was counted already.</summary>
    /// <param name="next">The second one's.</param>
    public ChatUsage With(ChatUsage next) => this with
    {
        Output = Output + next.Output,
        Reasoning = Reasoning is null && next.Reasoning is null ? null : (Reasoning ?? 0) + (next.Reasoning ?? 0),
    };

    private static long? Count(JsonObject? owner, string[] names)
    {
        foreach (var name in names)
        {
            if (owner.Count(name) is { } count)
            {
                return count <= Most ? count : throw new JsonException($"'{name}' is more than can be");
            }
        }

        return null;
    }
}
