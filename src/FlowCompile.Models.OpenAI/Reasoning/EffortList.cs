using System.Globalization;

namespace FlowCompile.Models.OpenAI;

/// <summary>Reads efforts as <c>flowcompile.json</c> has them: <c>low=1024, medium=8192, high</c>.</summary>
internal static class EffortList
{
    /// <exception cref="ArgumentException">It is no such list.</exception>
    public static IReadOnlyList<ReasoningEffortLevel> Read(string model, string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return [.. parts.Select((part, index) =>
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals].TrimEnd();
            var budget = int.MaxValue;
            var fits = name.Length > 0 && (equals < 0
                ? index == parts.Length - 1
                : int.TryParse(part.AsSpan(equals + 1), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out budget) && budget >= 0);
            return fits ? new ReasoningEffortLevel(name, budget) : throw new ArgumentException(
                $"the model '{model}' has the efforts \"{text}\"; write each with its largest budget, the last without: \"low=1024, medium=8192, high\"");
        })];
    }
}
