using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Finds where a text announces its answer.</summary>
internal static partial class AnswerMarks
{
    private const int MaxMarks = 6;

    /// <summary>What follows the marks of a text, last mark first. What stands before "is the answer" counts as following.</summary>
    public static IEnumerable<string> Announced(string text)
    {
        if (Hashes().Matches(text) is { Count: > 0 } hashes)
        {
            return [Rest(text, hashes[^1])];
        }

        var matches = Marks().Matches(text).Concat(Loose().Matches(text)).OrderBy(match => match.Index).TakeLast(MaxMarks).Reverse();
        return matches.Select(match => Rest(text, match)).Where(rest => rest.Length > 0 && !Judged().IsMatch(rest))
            .Concat(Between().Matches(text).Select(match => match.Groups[1].Value).TakeLast(1))
            .Concat(Behind().Matches(text).Select(match => match.Groups[1].Value.Trim()).Where(before => before.Length > 0).TakeLast(1));
    }

    private static string Rest(string text, Match match) => text[(match.Index + match.Length)..].TrimStart(' ', ':', '=', '*', '_', '\n', '`', '>', '"');

    [GeneratedRegex(@"####")]
    private static partial Regex Hashes();

    // "answer is", "answer:", in the languages that models answer in.
    [GeneratedRegex(
        @"\b(?:final |correct |right )?(?:answers?|ans)(?:\*\*|__|\})?\s*(?:to (?:the|this) (?:question|problem)\s*)?(?:is|are|was|would be|will be|must be|should be|comes to|equals|:|=|-(?=\s))|答案(?:是|为|為|：|:)?|(?:答え|解答)は?|정답(?:은|:)?|\brespuesta(?: final| correcta)?\s*(?:es|:)|\bréponse(?: finale)?\s*(?:est|:)|\bantwort\s*(?:ist|lautet|:)|\brisposta(?: finale)?\s*(?:è|:)|\bresposta(?: final)?\s*(?:é|:)|\bответ(?:\s*[:—-]|\s+есть)?|\bodpowiedź\s*(?:to|:)|\bcevap\s*:",
        RegexOptions.IgnoreCase)]
    private static partial Regex Marks();

    // "Answer" alone, before a formula or the end of its line.
    [GeneratedRegex(@"^[ *_#>]*(?:final )?answer[ *_]*(?=\n|\\\[|\\\(|\$)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Loose();

    [GeneratedRegex(@"([^\n.!?]{1,80}?)\s+(?:is|are)\s+(?:(?:the|my|our)\s+(?:final |correct |right )?(?:answers?|option|choice)|correct|right)\b(?!\s*(?:is|are|:))", RegexOptions.IgnoreCase)]
    private static partial Regex Behind();

    // "The answer, 42, is correct."
    [GeneratedRegex(@"\banswer,\s*([^,\n]{1,60}),", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    // "The answer is correct" announces nothing.
    [GeneratedRegex(@"^(?:indeed |thus |therefore |clearly )?(?:correct|right|wrong|incorrect|verified|confirmed|consistent|reasonable|as (?:above|follows)|found|given (?:by|above)|unique|obvious|the same)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Judged();
}
