using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// Carries the reasoning budget on <see cref="ChatOptions"/>, in thinking tokens. <see cref="ChatOptions.Reasoning"/> knows efforts
/// only; a client that can hold a model to a number of tokens reads it here.
/// </summary>
public static class ReasoningBudget
{
    private const string Key = "flowcompile.reasoning_budget";

    /// <summary>The budget in thinking tokens; <see langword="null"/> where none is set, which leaves the model free.</summary>
    /// <param name="options">The options.</param>
    public static int? GetReasoningBudget(this ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AdditionalProperties is { } properties && properties.TryGetValue(Key, out int budget) ? budget : null;
    }

    /// <summary>Sets the budget.</summary>
    /// <param name="options">The options.</param>
    /// <param name="tokens">The most thinking tokens, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tokens"/> is negative.</exception>
    public static void SetReasoningBudget(this ChatOptions options, int tokens)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        (options.AdditionalProperties ??= [])[Key] = tokens;
    }

    /// <summary>Sets the budget, checked and boxed once for many calls.</summary>
    internal static void SetReasoningBudget(this ChatOptions options, object budget) => (options.AdditionalProperties ??= [])[Key] = budget;

    /// <summary>Whether properties are the budget, as it was set, and nothing else.</summary>
    internal static bool IsAllOf(AdditionalPropertiesDictionary properties, object budget)
    {
        if (properties.Count != 1)
        {
            return false;
        }

        foreach (var property in properties)
        {
            return ReferenceEquals(property.Key, Key) && ReferenceEquals(property.Value, budget);
        }

        return false;
    }
}
