using FlowCompile.Profiling;
using FlowCompile.Settings;

namespace FlowCompile.Tool.Output;

/// <summary>Warns, once for a profile, of models whose answers look like thinking.</summary>
internal static class ThinkingText
{
    public static void Write(string workflow, ProfileSummary summary, ProjectSettings settings)
    {
        if (Of(ThinkingDoubts.In(summary, settings)) is { } text)
        {
            Results.Warning($"{workflow}: {text}");
        }
    }

    /// <summary>The warning; <see langword="null"/> where there is no doubt.</summary>
    public static string? Of(IReadOnlyList<ThinkingDoubt> doubts) => doubts.Count == 0 ? null
        : $"answers may be thinking, so that scores and budgets are not those of answers: {string.Join("; ", doubts.Select(Words))}. "
            + "Name the model's marks with 'thinkStart' and 'thinkEnd' in flowcompile.json, say with 'reasoning' how its server is told a budget, or start the server with a reasoning parser.";

    private static string Words(ThinkingDoubt doubt) => doubt.Sign switch
    {
        ThinkingSign.ClosingMark => $"{Results.Count(doubt.Outcomes)} of {Results.Count(doubt.Of)} answers of '{doubt.Model}' hold a closing mark such as '</think>'",
        ThinkingSign.LongAnswers => $"{Results.Count(doubt.Outcomes)} of {Results.Count(doubt.Of)} answers of '{doubt.Model}' under budgets are much longer than those without, and no thinking is counted",
        _ => $"'{doubt.Model}' is declared to reason and thought 0 tokens in {Results.Count(doubt.Of, "call")} under budgets above 0",
    };
}
