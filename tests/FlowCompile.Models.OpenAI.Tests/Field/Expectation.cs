using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI.Tests.Field;

/// <summary>What is right for a case, read from its head.</summary>
internal sealed record Expectation
{
    private string? Answer { get; init; }

    private string? Thinking { get; init; }

    private bool MayAnswer { get; init; }

    private bool MayFail { get; init; }

    private IReadOnlyList<string> Words { get; init; } = [];

    private int? Calls { get; init; }

    private bool IsRetried { get; init; }

    private string? Finish { get; init; }

    // A character of which only a part came may be whole, or a replacement character.
    private bool MayReplace { get; init; }

    private bool MayHaveTextBefore { get; init; }

    /// <summary>Reads the head; a case that says nothing that is understood is an error of the case.</summary>
    public static Expectation Of(ChatCase one)
    {
        if (one.Value("answer") is not null || one.Value("fails") is not null || one.Value("thinking") is not null)
        {
            var fails = one.Value("fails")?.Split(' ', 2);
            var answer = one.Value("answer") is { } json ? JsonSerializer.Deserialize<string>(json) : null;
            return new Expectation
            {
                Answer = answer,
                MayAnswer = fails is not ["yes", ..],
                MayFail = fails is ["yes", ..],
                Words = fails is ["yes", var words] ? [words] : [],
                Thinking = one.Value("thinking") is { } thought ? JsonSerializer.Deserialize<string>(thought) : null,
                Calls = one.Number("calls"),
                Finish = one.Value("finish"),
            };
        }

        var right = one.Value("right") ?? throw new FormatException("the case does not say what is right");
        var text = Match(right, "\\banswer\\s+(?!with\\b)(?:\"([^\"]*)\"|([^\\s,;]+))");
        var fail = Match(right, "\\b(failure|fails|refused)\\b");
        var orFails = Match(right, "\\bor (?:a )?(?:clear |typed )?failure\\b").Length > 0;
        var isRefusal = right.StartsWith("text of the refusal", StringComparison.Ordinal);
        var isLoaded = right.Contains("waits until loaded", StringComparison.Ordinal);
        var isRetried = Regex.IsMatch(right, "(?<!not )\\bretried\\b");
        var isOne = right.Contains("one call", StringComparison.Ordinal) || right.Contains("not retried", StringComparison.Ordinal);
        var names = Match(right, "\\bnames (\\w+)");
        var reasons = fail.Length > 0 && !orFails ? Regex.Matches(right[(right.IndexOf(fail, StringComparison.Ordinal) + fail.Length)..], "\\b(empty|limit|filter|quota|tool|refusal|thinking)").Select(match => match.Value) : [];
        var mayReplace = right.Contains("replacement character", StringComparison.Ordinal);
        if ((text.Length > 0 || mayReplace || fail.Length > 0 || isRefusal || isLoaded || isRetried || isOne || names.Length > 0) is false)
        {
            throw new FormatException($"'{right}' is not understood");
        }

        return new Expectation
        {
            Answer = text.Length > 0 ? text : isRefusal ? Match(System.Text.Encoding.UTF8.GetString(one.Responses[^1]), "\"refusal\":\\s*\"([^\"]*)\"") : null,
            Thinking = Match(right, "\\bthink(?:ing)? \"([^\"]*)\"") is { Length: > 0 } thinking ? thinking : null,
            MayReplace = mayReplace,
            MayHaveTextBefore = right.Contains("with or without the text before", StringComparison.Ordinal),
            MayAnswer = text.Length > 0 || mayReplace || isRefusal || isLoaded || (isRetried && fail.Length == 0),
            MayFail = orFails || (fail.Length > 0 && text.Length == 0) || (isOne && text.Length == 0),
            Words = [.. reasons, .. names.Length > 0 ? [names] : (string[])[]],
            Calls = isOne ? 1 : isLoaded ? one.Responses.Count : null,
            IsRetried = isRetried,
            Finish = Match(right, "\\bfinish (\\w+)") is { Length: > 0 } finish ? finish : one.Value("finish"),
        };
    }

    /// <summary>What is wrong with what came; <see langword="null"/> where nothing is.</summary>
    /// <param name="response">The response, if one came.</param>
    /// <param name="error">What was thrown instead.</param>
    /// <param name="calls">How many requests were sent.</param>
    /// <param name="handedOn">What of the answer had been handed on when it failed: from there on nothing can be tried again.</param>
    public string? Problem(ChatResponse? response, Exception? error, int calls, string handedOn)
    {
        if (handedOn.Length > 0 && error is ModelCallException)
        {
            return MayFail || IsRetried || Calls > 1 ? null : $"it fails behind '{handedOn}': {error.Message}";
        }

        if (error is not (null or ModelCallException))
        {
            return $"an untyped exception: {error}";
        }

        if (Calls is { } exact && calls != exact)
        {
            return $"{calls} requests instead of {exact}";
        }

        if (IsRetried && calls < 2)
        {
            return "no retry";
        }

        if (error is not null)
        {
            return !MayFail ? $"it fails: {error.Message}"
                : Words.FirstOrDefault(word => !error.Message.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } missing ? $"'{missing}' is not in: {error.Message}"
                : null;
        }

        var thinking = string.Concat(response!.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
        return !MayAnswer ? $"it answers '{response.Text}'"
            : Answer is not null && !Is(response.Text, Answer) ? $"the answer is '{response.Text}' instead of '{Answer}'"
            : Thinking is not null && thinking.Trim() != Thinking.Trim() ? $"the thinking is '{thinking}' instead of '{Thinking}'"
            : Finish is not null && response.FinishReason?.Value != Finish ? $"the reason for the end is '{response.FinishReason}' instead of '{Finish}'"
            : null;
    }

    private bool Is(string text, string answer) => text == answer
        || (MayReplace && text.Replace("\uFFFD", "", StringComparison.Ordinal).Trim() == answer)
        || (MayHaveTextBefore && text.EndsWith(answer, StringComparison.Ordinal) && !text.Contains("think>", StringComparison.Ordinal));

    private static string Match(string text, string pattern) => Regex.Match(text, pattern) is { Success: true } match
        ? match.Groups.Values.Skip(1).FirstOrDefault(group => group.Success)?.Value ?? match.Value
        : "";
}
