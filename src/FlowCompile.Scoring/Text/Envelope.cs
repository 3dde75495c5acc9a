using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Takes off what models and their servers wrap an answer in: thinking, marks of a chat, tags, JSON.</summary>
internal static partial class Envelope
{
    private static readonly string[] s_tags = ["answer", "final_answer", "final answer", "result", "solution"];
    private static readonly string[] s_keys = ["final_answer", "finalAnswer", "answer", "Answer", "result", "solution", "value"];

    /// <summary>The text without its thinking and without the marks of a chat.</summary>
    public static string Open(string text)
    {
        foreach (var close in (ReadOnlySpan<string>)["</think>", "</thinking>", "[/THINK]", "</thought>"])
        {
            if (text.LastIndexOf(close, StringComparison.OrdinalIgnoreCase) is >= 0 and var end && !string.IsNullOrWhiteSpace(text[(end + close.Length)..]))
            {
                text = text[(end + close.Length)..];
            }
        }

        return Blanks().Replace(Emphasis().Replace(ChatMarks().Replace(text, " "), "$1"), " ");
    }

    /// <summary>The answer in a tag or in JSON; <see langword="null"/> where there is none.</summary>
    public static string? Tagged(string text)
    {
        foreach (var tag in s_tags)
        {
            var close = text.LastIndexOf($"</{tag}>", StringComparison.OrdinalIgnoreCase);
            var open = close < 0 ? -1 : text.LastIndexOf($"<{tag}>", close, StringComparison.OrdinalIgnoreCase);
            if (open >= 0 && text[(open + tag.Length + 2)..close] is var content && !string.IsNullOrWhiteSpace(content))
            {
                return content;
            }
        }

        var json = Fence().Match(text) is { Success: true } fence ? fence.Groups[1].Value : text.Trim();
        return json is ['{', .., '}'] && json.AsSpan().ContainsAny('"', '\'') ? Json(json) : null;
    }

    private static string? Json(string text)
    {
        try
        {
            // Some write the dictionaries of Python.
            using var document = JsonDocument.Parse(text.StartsWith("{'", StringComparison.Ordinal) ? text.Replace('\'', '"') : text);
            foreach (var key in s_keys)
            {
                if (document.RootElement.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Array)
                {
                    return value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
                }
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null; // Braces that are no JSON are those of a set.
        }
    }

    [GeneratedRegex(@"<\|[^<>|\s]{1,40}\|>|</?s>|<eos>|<end_of_turn>|<start_of_turn>|\[/?INST\]|\[/?THINK\]|</?think(?:ing)?>|</?(?:final_)?answer>|\[/?answer\]")]
    private static partial Regex ChatMarks();

    [GeneratedRegex(@" {2,}")]
    private static partial Regex Blanks();

    // **42**, but not 2**3**2
    [GeneratedRegex(@"(?<![\w)\]}*])\*\*(?=[^\s*])([^*\n]{1,200})\*\*(?![\w(*])")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^\s*```(?:json)?\s*(\{[^`]*\})\s*```\s*$")]
    private static partial Regex Fence();
}
