using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>A configuration during the search.</summary>
/// <param name="Structure">Its structure.</param>
/// <param name="Settings">By node of the graph, the setting of an active sub-agent.</param>
internal sealed record Candidate(WorkflowStructure Structure, CallSettings?[] Settings)
{
    /// <summary>A key that two candidates share if they are one configuration.</summary>
    public string Key() => string.Join(' ', Structure.Counts) + ' ' + string.Join(' ', Settings);
}
