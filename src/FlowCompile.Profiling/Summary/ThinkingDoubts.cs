using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>Finds in a profile the models whose answers look like thinking, so that their scores and budgets are not those of answers.</summary>
public static class ThinkingDoubts
{
    // One answer in twenty: an answer that only talks about a mark is rarer.
    private const int MarkShare = 20;

    // How much longer answers under a budget must be than those without one.
    private const double LongFactor = 3;
    private const double LongTokens = 48;

    private static readonly string[] s_marks =
        ["</think>", "</thinking>", "</thought>", "</reasoning>", "</seed:think>", "[/THINK]", "◁/think▷", "<|END_THINKING|>", "<|end_of_thought|>", "<|channel|>final", "assistantfinal"];

    /// <summary>Looks through a profile.</summary>
    /// <param name="summary">The profile.</param>
    /// <param name="settings">The project's settings, which say what models are declared to reason.</param>
    /// <returns>At most one doubt for each model, in the order of their names: the strongest sign.</returns>
    public static IReadOnlyList<ThinkingDoubt> In(ProfileSummary summary, ProjectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(settings);
        var declared = settings.Models
            .Where(model => model.Options.TryGetValue("reasoning", out var means) && !means.Equals("none", StringComparison.OrdinalIgnoreCase)).Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. summary.Outcomes.Where(one => !one.Outcome.Failed).GroupBy(one => one.Cell.Setting.Model).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Of(group.Key, [.. group], declared.Contains(group.Key))).OfType<ThinkingDoubt>(),
        ];
    }

    private static ThinkingDoubt? Of(string model, List<ProfiledOutcome> outcomes, bool isDeclared)
    {
        var marked = outcomes.Count(one => HasMark(one.Outcome.Output));
        if (marked > 0 && marked * MarkShare >= outcomes.Count)
        {
            return new ThinkingDoubt(model, ThinkingSign.ClosingMark, marked, outcomes.Count);
        }

        var budgeted = outcomes.Where(one => one.Cell.Setting.Budget > 0).ToList();
        return budgeted.Count == 0 || budgeted.Exists(one => one.Outcome.ThinkingTokens > 0) ? null
            : LongNodes(outcomes) is > 0 and var longer ? new ThinkingDoubt(model, ThinkingSign.LongAnswers, longer, budgeted.Count)
            : isDeclared ? new ThinkingDoubt(model, ThinkingSign.NoThinking, budgeted.Count, budgeted.Count)
            : null;
    }

    /// <summary>How many outcomes under budgets are of sub-agents whose answers grow with them beyond what an answer does.</summary>
    private static int LongNodes(List<ProfiledOutcome> outcomes) => outcomes.GroupBy(one => one.Cell.Node).Sum(node =>
    {
        var (without, with) = (node.Where(one => one.Cell.Setting.Budget == 0).ToList(), node.Where(one => one.Cell.Setting.Budget > 0).ToList());
        if (without.Count == 0 || with.Count == 0)
        {
            return 0;
        }

        var (least, most) = (without.Average(one => one.Outcome.OutputTokens), with.Average(one => one.Outcome.OutputTokens));
        return most > least * LongFactor && most > least + LongTokens ? with.Count : 0;
    });

    private static bool HasMark(string? json)
    {
        if (json is null)
        {
            return false;
        }

        // Writers of JSON escape angle brackets.
        var text = json.Contains("\\u003", StringComparison.OrdinalIgnoreCase)
            ? json.Replace("\\u003C", "<", StringComparison.OrdinalIgnoreCase).Replace("\\u003E", ">", StringComparison.OrdinalIgnoreCase)
            : json;
        return Array.Exists(s_marks, mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
    }
}
