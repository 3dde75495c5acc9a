using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>Carries <see cref="GenerationTimings"/> on a <see cref="ChatResponse"/>.</summary>
public static class ChatResponseTimings
{
    private const string Key = "flowcompile.timings";

    /// <summary>The response's timings; <see langword="null"/> where the client does not tell.</summary>
    /// <param name="response">The response.</param>
    public static GenerationTimings? GetTimings(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.AdditionalProperties is { } properties && properties.TryGetValue(Key, out GenerationTimings? timings) ? timings : null;
    }

    /// <summary>Attaches timings to a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="timings">The timings.</param>
    public static void SetTimings(this ChatResponse response, GenerationTimings timings)
    {
        ArgumentNullException.ThrowIfNull(response);
        (response.AdditionalProperties ??= [])[Key] = timings;
    }
}
