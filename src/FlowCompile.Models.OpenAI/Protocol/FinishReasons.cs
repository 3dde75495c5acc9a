namespace FlowCompile.Models.OpenAI;

/// <summary>The reasons for the end of an answer, by the names that the protocol has for them.</summary>
internal static class FinishReasons
{
    public const string Stop = "stop";

    public const string Length = "length";

    public const string Filter = "content_filter";

    public const string Tools = "tool_calls";

    /// <summary>The server gave up.</summary>
    public const string Error = "error";

    private static readonly Dictionary<string, string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["eos"] = Stop,
        ["eos_token"] = Stop,
        ["end_turn"] = Stop,
        ["stop_sequence"] = Stop,
        ["max_tokens"] = Length,
        ["max_output_tokens"] = Length,
        ["max_completion_tokens"] = Length,
        ["model_length"] = Length,
        ["model_context_window_exceeded"] = Length,
        ["content_filtered"] = Filter,
        ["contentfilter"] = Filter,
        ["safety"] = Filter,
        ["recitation"] = Filter,
        ["blocklist"] = Filter,
        ["prohibited_content"] = Filter,
        ["spii"] = Filter,
        ["sensitive"] = Filter,
        ["refusal"] = Filter,
        ["guardrail_intervened"] = Filter,
        ["function_call"] = Tools,
        ["tool_use"] = Tools,
        ["malformed_function_call"] = Tools,
        ["function_call_filter"] = Tools,
        ["unexpected_tool_call"] = Tools,
        ["abort"] = Error,
        ["aborted"] = Error,
        ["cancelled"] = Error,
        ["network_error"] = Error,
        ["insufficient_system_resource"] = Error,
        ["malformed_response"] = Error,
        ["other"] = Error,
    };

    /// <summary>
    /// The protocol's name for a reason; <see langword="null"/> where none is given, which some servers say with an empty text. What follows a
    /// colon is a detail: <c>function_call_filter: MALFORMED_FUNCTION_CALL</c>.
    /// </summary>
    public static string? Of(string? reason) => string.IsNullOrWhiteSpace(reason) || reason.Equals("null", StringComparison.OrdinalIgnoreCase) ? null
        : s_names.TryGetValue(reason, out var name) ? name
        : reason.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? Of(reason[..colon].Trim())
        : reason.ToLowerInvariant();
}
