using FlowCompile.Profiling;

namespace FlowCompile.Tool.Output;

/// <summary>Says which accuracies are those of a judge, and how far the judge is to be trusted.</summary>
internal static class JudgeText
{
    public static void Write(ProfiledJudge? judge, IReadOnlyList<JudgeAgreement> agreement)
    {
        if (judge is null)
        {
            return;
        }

        Results.Line($"{ShownText.Join(", ", judge.Nodes)} {(judge.Nodes.Count == 1 ? "is" : "are")} scored by the judge {judge.Setting}.");
        foreach (var one in agreement)
        {
            var kappa = one.Kappa is { } value ? (ShownText)$", kappa {value:0.00}" : "";
            Results.Line(
                $"It agrees with the labels of {one.Node} on {Results.Count(one.BothRight + one.BothWrong)} of {Results.Count(one.Count)} outputs{kappa}: {Results.Count(one.FalselyRight)} wrong ones it takes for right, {Results.Count(one.FalselyWrong)} right ones for wrong.");
        }

        if (agreement.Count == 0)
        {
            Results.Line("How far it can be trusted is not known: none of its verdicts has a label beside it.");
        }
    }
}
