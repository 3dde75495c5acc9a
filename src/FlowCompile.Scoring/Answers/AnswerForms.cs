using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Reads an answer; those that are told by their text, choices and numbers in a base, before the others.</summary>
internal static partial class AnswerForms
{
    /// <exception cref="MathFormatException">The text is no answer that is known.</exception>
    public static MathAnswer Read(string text, Commas commas, Algebra algebra)
    {
        text = Named().Replace(Displays.Rewrite(text), "");
        if (Based().Match(text) is { Success: true } based && TryBased(based) is { } number)
        {
            return number;
        }

        if (Choice().Match(text) is { Success: true } choice && choice.Groups.Values.Skip(1).Where(group => group.Success).ToList() is [var letter, var content])
        {
            var bare = new MathAnswer.Expression(Quotient.Of(new Atom(AtomKind.Variable, letter.Value)));
            return AnswerText.Normalize(content.Value) is { Length: > 0 } said && TryContent(said, commas, algebra) is { } answer
                ? new MathAnswer.Choice(letter.Value, answer)
                : bare;
        }

        return AnswerParser.Read(text, commas, algebra);
    }

    private static MathAnswer? TryContent(string text, Commas commas, Algebra algebra)
    {
        try
        {
            return AnswerParser.Read(text, commas, algebra);
        }
        catch (MathFormatException)
        {
            return null; // The letter alone is the answer.
        }
    }

    private static MathAnswer.Based? TryBased(Match match)
    {
        var name = match.Groups[2].Value.ToLowerInvariant();
        var number = name.All(char.IsAsciiDigit) ? int.Parse(name, CultureInfo.InvariantCulture)
            : NumberWords.TryRead([name], 0, out var word, out _) && word.IsWhole && word.Top < 100 ? (int)word.Top : 0;
        var digits = match.Groups[1].Value.ToUpperInvariant();
        return number is > 1 and <= 36 && digits.All(digit => (char.IsAsciiDigit(digit) ? digit - '0' : digit - 'A' + 10) < number) && digits.Any(char.IsAsciiDigit) | number > 10
            ? new MathAnswer.Based(digits.TrimStart('0') is { Length: > 0 } bare ? bare : "0", number)
            : null;
    }

    // "Option C", "choice (B)"
    [GeneratedRegex(@"^(?:option|choice|alternative|letter)\s+(?=[\\($*]*[A-Za-z]\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    // (C) 24, C) 24, C. 24, C: 24, \textbf{(C)}~24, and the same without content. With another choice it is a list: (A) and (B).
    [GeneratedRegex(@"^(?:\\(?:text|textbf|mathrm|mathbf|textrm)\s*\{)?\s*(?:\(([A-Z])\)|([A-Z])\)|([A-Z])\s*\}?[.:](?=[\s~]|$))\s*\}?(?:[\s~:.]|\\[ ,;])*((?:(?<=[\s~:.,;}])(?!\s*(?:(?:and|or)\b|\\?&|\([A-Z]\))|.*\b(?:and|or)\s+\([A-Z]\))[^\^+*/=,_<>!-].*)?)$", RegexOptions.Singleline)]
    private static partial Regex Choice();

    // 2103_4, A3_{16}, \text{A3}_{\text{sixteen}}, 101 base 2, (101)_2
    [GeneratedRegex(@"^\(?(?:\\(?:text|mathrm|textbf|mathbf)\s*\{)?\s*([0-9A-Za-z]{1,64})\s*\}?\)?\s*(?:_|\(?\s*(?:in )?base[\s~]+)\s*[{(]?\s*(?:\\text\s*\{)?\s*([0-9]{1,2}|[a-z]{3,9})\s*\}?\s*\}?\)?$")]
    private static partial Regex Based();
}
