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

        // Updates that name their message leave what they carry on the message when they are put together.
        var timings = Read(response.AdditionalProperties);
        for (var i = response.Messages.Count - 1; timings is null && i >= 0; i--)
        {
            timings = Read(response.Messages[i].AdditionalProperties);
        }

        return timings;
    }

    /// <summary>Attaches timings to a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="timings">The timings.</param>
    public static void SetTimings(this ChatResponse response, GenerationTimings timings)
    {
        ArgumentNullException.ThrowIfNull(response);
        (response.AdditionalProperties ??= [])[Key] = timings;
    }

    private static GenerationTimings? Read(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(Key, out GenerationTimings? timings) ? timings : null;
}
