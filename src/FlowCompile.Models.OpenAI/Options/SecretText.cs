using System.Text.RegularExpressions;

namespace FlowCompile.Models.OpenAI;

/// <summary>Tells a text that is likely a secret, which belongs into the environment and not into a file.</summary>
internal static partial class SecretText
{
    // Shorter parts are words, versions and numbers.
    private const int LongPart = 20;

    /// <summary>Whether a value under a name is likely a secret.</summary>
    /// <param name="name">The name of the header or of the parameter.</param>
    /// <param name="value">What is written of its value.</param>
    /// <param name="isAlone">Whether that is all of the value: beside a secret that comes from elsewhere stands a scheme, such as <c>Bearer</c>.</param>
    public static bool IsLikely(string name, string value, bool isAlone = true) =>
        (isAlone && value.Length > 0 && SecretName().IsMatch(name))
        || KeyPrefix().IsMatch(value)
        || value.Split(['-', '_', '.', '/', ' ', ':', ',', ';', '=', '+']).Any(IsRandom);

    /// <summary>A name for the variable that takes the secret.</summary>
    /// <param name="name">The name of the header.</param>
    public static string VariableFor(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private static bool IsRandom(string part) => part.Length >= LongPart && part.Any(char.IsAsciiDigit) && part.Any(char.IsAsciiLetter);

    [GeneratedRegex(@"(^|[-_])(authorization|api[-_]?key|key|apikey|token|secret|password|passwd|cookie|signature|sig|credentials?|auth)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"(^|\s)((sk|pk|rk|hf|gsk|ghp|gho|glpat|xai|nvapi|r8|tgp|pplx|csk)[-_]|AIza|eyJ|AKIA)[-_.A-Za-z0-9]{8,}|^\s*([Bb]earer|[Bb]asic)\s+\S", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPrefix();
}
