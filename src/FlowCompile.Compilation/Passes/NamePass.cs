using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>Names the configurations: <c>c01</c> is the fastest.</summary>
internal sealed class NamePass : ICompilePass
{
    public string Name => "name configurations";

    public void Run(CompileState state)
    {
        state.Configurations =
        [
            .. state.Configurations.Select((one, i) => new WorkflowConfiguration(
                ConfigurationIds.Of(i, state.Configurations.Count), one.Structure, one.Settings, one.Estimate)),
        ];
        foreach (var one in state.Configurations)
        {
            state.Record(this, one.Id, FormattableString.Invariant(
                $"{one.ToText(state.Graph)}: {one.Estimate!.Accuracy:0.####} in {one.Estimate.LatencySeconds * 1000:0.###} ms"));
        }
    }
}
