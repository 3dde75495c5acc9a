using FlowCompile.Compilation;
using FlowCompile.Graph;

namespace FlowCompile.Tool.Output;

/// <summary>Shows what somebody would choose without a compiler, by the same estimates.</summary>
internal static class BaselineTable
{
    public static void Write(BaselineReport baselines, WorkflowGraph graph)
    {
        if (baselines.Known.Count > 0)
        {
            EstimateTable.Write("without a compiler", "", baselines.Known.Select(one => (Words(one.Kind), (ShownText)"", one.Configuration)), graph);
        }

        foreach (var one in baselines.Unmeasured)
        {
            Results.Line($"{Words(one.Kind)}: {UnmeasuredText.Of(one)}");
        }
    }

    private static ShownText Words(BaselineKind kind) => kind switch
    {
        BaselineKind.BestUniform => "one setting everywhere, the best",
        BaselineKind.BestSingle => "one sub-agent, the best",
        BaselineKind.Random => "chosen by chance, the median of 101",
        _ => kind.ToString(),
    };
}
