using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Finds the answer in a sentence that gives it.</summary>
internal static partial class Statement
{
    // A sentence with more words than that outside of its formulas is prose, and its answer is a part of it.
    private const int MaxWords = 1;

    public static IEnumerable<string> Candidates(string text) => Candidates(text, whole: false);

    /// <summary>What may be the answer, surest first.</summary>
    /// <param name="text">A sentence and what follows it, or a whole text.</param>
    /// <param name="whole">Whether it is a whole text, whose last sentence gives the answer; otherwise its first does.</param>
    public static IEnumerable<string> Candidates(string text, bool whole)
    {
        if (text.Trim().Length == 0 || Denials.WithoutDenial(text) is not { } statement)
        {
            yield break;
        }

        // A text that is nothing but its answer.
        if (whole && Words(statement) <= MaxWords)
        {
            yield return WithoutAside(statement);
        }

        var sentence = whole ? Sentences.Last(statement) : Sentences.First(statement);
        if (whole && Denials.WithoutDenial(sentence) is { } affirmed)
        {
            sentence = affirmed;
        }

        sentence = WithoutAside(sentence);

        // Prose that ends with an exclamation has no factorial there.
        sentence = Words(sentence) > 0 ? sentence.TrimEnd('!') : sentence;
        if (Words(sentence) <= MaxWords || !whole)
        {
            yield return sentence;
        }

        // "a = 5 and b = 7, so a + b = 12"
        if (Consequence().Matches(sentence) is { Count: > 0 } consequences && sentence[(consequences[^1].Index + consequences[^1].Length)..] is var rest && rest.AsSpan().ContainsAnyInRange('0', 'z'))
        {
            sentence = rest;
            if (Words(sentence) <= MaxWords)
            {
                yield return sentence;
            }
        }

        if (Complement(sentence) is { } complement)
        {
            if (Denials.WithoutDenial(complement) is not { } said)
            {
                yield break;
            }

            // A formula and then prose: what stands in the formula.
            var leading = said.TrimStart();
            if (Formula.All(leading) is [{ Start: 0 } formula, ..] && Words(leading[formula.End..]) > MaxWords)
            {
                yield return formula.Content;
            }

            yield return said;
        }

        foreach (var last in Formula.All(sentence).TakeLast(1))
        {
            if (!Denials.EndsDenied(sentence, last.Start))
            {
                yield return last.Content;
            }
        }

        yield return sentence;
        if (whole && Formula.All(statement) is { Count: > 0 } formulas && !Denials.EndsDenied(statement, formulas[^1].Start))
        {
            yield return formulas[^1].Content;
        }
    }

    /// <summary>What follows the verb of a sentence, without what is subordinate to it.</summary>
    private static string? Complement(string sentence)
    {
        var verbs = Verb().Matches(sentence);
        return verbs.Count == 0 ? null
            : verbs[^1].Index + verbs[^1].Length is var at && Denials.EndsDenied(sentence, at) ? "not " + sentence[at..]
            : sentence[at..];
    }

    // "42 (forty-two)", "42 because ...".
    private static string WithoutAside(string sentence)
    {
        if (Aside().Match(sentence) is { Success: true, Index: > 0 } aside)
        {
            sentence = sentence[..aside.Index];
        }

        if (Subordinate().Match(sentence) is { Success: true, Index: > 0 } clause)
        {
            sentence = sentence[..clause.Index];
        }

        return Denials.WithoutContrast(sentence);
    }

    /// <summary>How many words stand outside of formulas.</summary>
    private static int Words(string text)
    {
        var count = 0;
        var at = 0;
        foreach (var formula in Formula.All(text))
        {
            count += Word().Count(text[at..formula.Start]);
            at = formula.End;
        }

        return count + Word().Count(text[at..]);
    }

    // Two letters or more, no command, no word that belongs to mathematics.
    [GeneratedRegex(@"(?<![\\A-Za-z{_^])(?!(?:and|or|sqrt|sin|cos|tan|log|ln|pi|in|mod|inf|infinity|if|no|real|solutions?|million|thousand|billion|percent|per|degrees?|to|cm|mm|km|kg|mph|square|cubic|units?|dollars?|cents?|hours?|minutes?|seconds?|feet|foot|inch(?:es)?|meters?|years?|days?|am|pm|of|base|max|min|gcd|lcm|arctan|arcsin|arccos)\b)\p{L}{2,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:is|are|was|were|equals?|be|becomes|gives?|get|gets|have|has|obtain|got|found|choose|chose|pick|select|yields?|say|think|believe|guess|es|est|ist|sind|sont|son|è|é|:)\s+(?:equal to |equals |exactly |simply |therefore |thus |then |also |now |at |approximately |about )*(?=[^\s])|(?<=\p{L})(?::|'s)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Verb();

    [GeneratedRegex(@"[,;]?\s+\b(?:because|since|whereas|which|given that|assuming|provided|i\.e\.|as required|as desired|as expected|when|where|for all|for every|for any)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Subordinate();

    [GeneratedRegex(@"(?:[,;]\s*|\s)(?:so(?! that)|thus|hence|therefore|giving|which gives|yielding|and we get|we get|we have)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Consequence();

    // Words in brackets at the end.
    [GeneratedRegex(@"\s*(?<!\\)\((?!\s*(?:mod|base|in)\b)[^()$\\]*\p{L}{3,}[^()$\\]*\)\s*[.!]?\s*$")]
    private static partial Regex Aside();
}
