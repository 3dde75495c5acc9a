using System.Text;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>What a request can take at most, by its own text and options.</summary>
/// <param name="Budget">Its reasoning budget; -1 where it has none.</param>
/// <param name="AtMost">The most that it takes.</param>
internal sealed record RequestBound(int Budget, TokenAmount AtMost)
{
    // A template puts its own words around each message, and some around all.
    private const int TemplateTokens = 256;
    private const int MessageTokens = 16;

    // What an answer may have where nothing limits it. More than most have, so that a call which does not say what it took is not counted for too little.
    private const int UnlimitedAnswer = 4096;

    /// <summary>The bound of a request.</summary>
    /// <param name="messages">The prompt. A token is at least one byte of it.</param>
    /// <param name="options">The options.</param>
    /// <param name="contextLength">The most tokens that the model takes and gives; <see langword="null"/> where unknown.</param>
    public static RequestBound Of(IReadOnlyCollection<ChatMessage> messages, ChatOptions? options, int? contextLength)
    {
        var budget = options?.GetReasoningBudget();
        return Of(messages, options, contextLength, budget ?? -1, options?.MaxOutputTokens ?? ((long)(budget ?? 0) + UnlimitedAnswer));
    }

    /// <summary>The bound of a decode that answers under several budgets.</summary>
    /// <param name="messages">The prompt.</param>
    /// <param name="budgets">The budgets.</param>
    /// <param name="options">The options.</param>
    /// <param name="contextLength">The most tokens that the model takes and gives; <see langword="null"/> where unknown.</param>
    public static RequestBound Of(IReadOnlyCollection<ChatMessage> messages, IReadOnlyList<int> budgets, ChatOptions? options, int? contextLength)
    {
        var answer = options?.MaxOutputTokens ?? UnlimitedAnswer;
        var one = Of(messages, options, contextLength, budgets.Max(), (long)budgets.Max() + answer);
        return one with { AtMost = new TokenAmount(one.AtMost.Input * budgets.Count, one.AtMost.Generated + ((long)answer * (budgets.Count - 1))) };
    }

    private static RequestBound Of(IReadOnlyCollection<ChatMessage> messages, ChatOptions? options, int? contextLength, int budget, long generated)
    {
        var bytes = TemplateTokens + (options?.Instructions is { } instructions ? Encoding.UTF8.GetByteCount(instructions) : 0)
            + messages.Sum(message => (long)MessageTokens + Encoding.UTF8.GetByteCount(message.Text));
        var most = contextLength ?? long.MaxValue;
        return new RequestBound(budget, new TokenAmount(Math.Min(bytes, most), Math.Min(generated, most)));
    }
}
