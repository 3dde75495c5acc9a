using System.Globalization;

namespace FlowCompile;

/// <summary>A named level of reasoning, such as an effort, and the largest reasoning budget that it stands for.</summary>
/// <param name="Name">The level as the model's server or record calls it, for example <c>low</c>.</param>
/// <param name="MaxBudget">The largest budget, in thinking tokens; <see cref="int.MaxValue"/> for the last.</param>
public sealed record ReasoningLevel(string Name, int MaxBudget)
{
    /// <summary>Reads levels as <c>flowcompile.json</c> has them: <c>low=1024, medium=8192, high</c>, by ascending budgets, the last without one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>At least one level.</returns>
    /// <exception cref="FormatException"><paramref name="text"/> is no such list.</exception>
    public static IReadOnlyList<ReasoningLevel> ParseList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var levels = new List<ReasoningLevel>();
        foreach (var part in parts)
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals].TrimEnd();
            var budget = int.MaxValue;
            var fits = name.Length > 0 && (equals < 0
                ? levels.Count == parts.Length - 1
                : int.TryParse(part.AsSpan(equals + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out budget));
            if (!fits || (levels.Count > 0 && budget <= levels[^1].MaxBudget))
            {
                throw new FormatException($"\"{text}\" is no list of levels; write each with its largest budget, ascending, the last without one: \"low=1024, medium=8192, high\"");
            }

            levels.Add(new ReasoningLevel(name, budget));
        }

        return levels;
    }

    /// <summary>The first level that covers a budget; the last where none does.</summary>
    /// <param name="levels">The levels, by ascending budgets, at least one.</param>
    /// <param name="budget">The budget.</param>
    public static ReasoningLevel For(IReadOnlyList<ReasoningLevel> levels, int budget)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfZero(levels.Count, nameof(levels));
        return levels.FirstOrDefault(level => budget <= level.MaxBudget) ?? levels[^1];
    }
}
