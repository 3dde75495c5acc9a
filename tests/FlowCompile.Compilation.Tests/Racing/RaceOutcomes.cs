using FlowCompile.Graph;
using FlowCompile.Profiling;
using FlowCompile.Settings;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests.Racing;

/// <summary>Outcomes of a draft and a check of it, as a profiler would record them.</summary>
internal static class RaceOutcomes
{
    public static WorkflowGraph Graph { get; } = new("pair", [Agent("Draft"), Agent("Check", From("Draft"))], "Check");

    public static ProjectSettings Settings { get; } = new() { File = "flowcompile.json", Models = [], Budgets = [0], Workflows = [] };

    public static Setting At(int budget) => new("m", budget);

    /// <summary>Outcomes of one setting on cases from 0 on; a check has right inputs on every case, and wrong ones too.</summary>
    public static IEnumerable<ProfiledOutcome> Of(string node, Setting setting, int cases, double seconds, Func<int, bool> isRight, bool failed = false)
    {
        for (var i = 0; i < cases; i++)
        {
            foreach (var inputsRight in node == "Draft" ? new[] { true } : [true, false])
            {
                yield return new ProfiledOutcome(
                    new ProfileCell
                    {
                        Key = $"{node} {setting} {i} {inputsRight}",
                        Node = node,
                        Setting = setting,
                        CaseId = $"n{i}",
                        CaseHash = $"h{i}",
                        Variant = inputsRight ? InputVariant.Strong : InputVariant.Weak,
                        Repetition = 0,
                        InputsRight = inputsRight,
                        RightCandidates = 0,
                        Candidates = 0,
                    },
                    new Outcome
                    {
                        Failed = failed,
                        Score = failed ? null : inputsRight && isRight(i) ? 1 : 0,
                        Latency = TimeSpan.FromSeconds(seconds),
                        InputTokens = 10,
                        OutputTokens = (long)(10 * seconds),
                    });
            }
        }
    }
}
