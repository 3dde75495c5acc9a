using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>How many tokens of a prompt the provider had cached, from what a chat client reports.</summary>
internal static class CachedInput
{
    // What clients of earlier versions of Microsoft.Extensions.AI, and of providers without a member for it, call the count.
    private static readonly string[] s_names =
        ["InputTokenDetails.CachedTokenCount", "CacheReadInputTokens", "cache_read_input_tokens", "CachedInputTokens", "cached_tokens"];

    /// <summary>The count: never below 0, and never more than the tokens of the prompt, as far as those are known.</summary>
    /// <param name="usage">What the client reports; <see langword="null"/> for nothing.</param>
    /// <returns>The count; 0 where the client does not tell.</returns>
    public static long TokensOf(UsageDetails? usage)
    {
        if (usage is null || (usage.CachedInputTokenCount is null && usage.AdditionalCounts is null))
        {
            return 0;
        }

        return Math.Clamp(usage.CachedInputTokenCount ?? Additional(usage.AdditionalCounts!), 0, Math.Max(0, usage.InputTokenCount ?? 0));
    }

    private static long Additional(AdditionalPropertiesDictionary<long> counts)
    {
        foreach (var name in s_names)
        {
            if (counts.TryGetValue(name, out var count))
            {
                return count;
            }
        }

        return 0;
    }
}
