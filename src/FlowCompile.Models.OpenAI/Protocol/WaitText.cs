using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowCompile.Models.OpenAI;

/// <summary>Reads how long a server asks to wait where it says so in words: <c>try again in 7m12.5s</c>, <c>retry after 26 seconds</c>.</summary>
internal static partial class WaitText
{
    /// <summary>The seconds that a message asks for; <see langword="null"/> where it asks for none.</summary>
    public static double? Asked(string message) => Request().Match(message) is { Success: true } match ? Seconds(match.Groups[1].Value) : null;

    /// <summary>The seconds of a duration such as <c>17s</c>, <c>1h2m3.5s</c>, <c>250ms</c> or <c>26 seconds</c>; <see langword="null"/> where it is none.</summary>
    public static double? Seconds(string duration)
    {
        var parts = Part().Matches(duration);
        return parts.Count == 0 ? null : parts.Sum(part => double.Parse(part.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * Unit(part.Groups[2].Value));
    }

    private static double Unit(string unit) => unit.ToLowerInvariant() switch
    {
        "ms" or "milliseconds" or "millisecond" => 0.001,
        ['h', ..] => 3600,
        ['m', ..] => 60,
        ['d', ..] => 86400,
        _ => 1,
    };

    [GeneratedRegex(@"(?:try again|retry|wait)\s+(?:in|after|for)\s+((?:[0-9]{1,9}(?:\.[0-9]{1,9})?\s?(?:ms|milliseconds?|days?|hours?|minutes?|seconds?|secs?|mins?|[dhms])(?![a-z])\s?)+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Request();

    [GeneratedRegex(@"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s?(ms|milliseconds?|days?|hours?|minutes?|seconds?|secs?|mins?|[dhms])(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
