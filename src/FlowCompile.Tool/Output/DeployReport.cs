using FlowCompile.Deployment;
using FlowCompile.Graph;

namespace FlowCompile.Tool.Output;

/// <summary>The frontier of deployments.</summary>
/// <param name="Deployments">The deployments with their ids, fastest first.</param>
/// <param name="Workflows">The workflows, in the order of each deployment's configurations.</param>
/// <param name="Baselines">What somebody would choose for each workflow without a compiler, whatever the limits.</param>
internal sealed record DeployReport(
    IReadOnlyList<(string Id, DeploymentChoice Deployment)> Deployments,
    IReadOnlyList<DeploymentWorkflow> Workflows,
    IReadOnlyList<(WorkflowGraph Graph, BaselineReport Baselines)> Baselines);
