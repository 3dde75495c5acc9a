using FlowCompile.Plans;

namespace FlowCompile.Profiling;

/// <summary>Lists the runs that verify a plan: its configurations on some of the cases that were measured, all configurations on a case before the next.</summary>
internal sealed class VerificationPlanner(ProfileContext context)
{
    /// <summary>Whether the workflow's output has a score, without which there is nothing to compare.</summary>
    /// <param name="scorer">What scores outputs.</param>
    public bool CanVerify(Scorer scorer) => scorer.HasMethod(context.Descriptor.Graph.Output) || scorer.IsJudged(context.Descriptor.Graph.Output);

    /// <summary>The cases to run on: the first measured ones in the order of a race, which is by chance and always the same.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<WorkflowCase> CasesOf(IReadOnlyList<WorkflowCase> cases, int count)
    {
        var measured = context.Store.Cells.Cases().Select(one => one.Hash).ToHashSet(StringComparer.Ordinal);
        return [.. RaceOrder.Of(cases).Where(one => measured.Contains(one.Hash)).Take(count)];
    }

    /// <summary>The runs on a case.</summary>
    /// <param name="points">The configurations.</param>
    /// <param name="one">The case.</param>
    /// <param name="manifest">What the profile is made with.</param>
    public IReadOnlyList<RunRequest> Plan(IReadOnlyList<WorkflowConfiguration> points, WorkflowCase one, ProfileManifest manifest)
    {
        var graph = context.Descriptor.Graph;
        return
        [
            .. from point in points
               let text = point.ToText(graph)
               let key = RunKey.Of(manifest, RunPurpose.Verification, text, RunRequest.ModelsOf(point), one.Hash)
               where key is not null
               select new RunRequest(key, point, text, one),
        ];
    }
}
