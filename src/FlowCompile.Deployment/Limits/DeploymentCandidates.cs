using FlowCompile.Compilation;
using FlowCompile.Graph;

namespace FlowCompile.Deployment;

/// <summary>Finds the configurations of a workflow that a limited deployment may need.</summary>
public static class DeploymentCandidates
{
    /// <summary>
    /// Compiles a workflow once under each of the largest sets of models that the limits allow (<see cref="FeasibleModelSets"/>), and puts
    /// the frontiers together. Their ids are the configurations as text. Where spending is limited, cost is an objective too.
    /// </summary>
    /// <param name="profile">The profile of its sub-agents.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="options">What to compile for.</param>
    /// <param name="cancellationToken">Ends the compilation.</param>
    /// <exception cref="CompileException">The workflow cannot run on any of these sets.</exception>
    /// <exception cref="DeploymentException">There are too many sets.</exception>
    public static IReadOnlyList<DeploymentCandidate> Compile(
        ProfileTable profile, DeploymentLimits limits, CompileOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(limits);
        options ??= new CompileOptions();
        options = options with
        {
            KeepAll = true, // what stands for another may need models that the limits do not allow together
            Objectives = options.Objectives | Objectives.Accuracy | Objectives.Latency | (limits.MaxSpending is null ? 0 : Objectives.Cost),
        };
        var agents = Enumerable.Range(0, profile.Graph.Nodes.Count).Where(node => profile.Graph.Nodes[node].Kind == NodeKind.SubAgent).ToList();
        var models = agents.SelectMany(profile.Of).Select(row => row.Setting.Model).Distinct().Order(StringComparer.Ordinal).ToList();
        var candidates = new Dictionary<string, DeploymentCandidate>(StringComparer.Ordinal);
        foreach (var set in FeasibleModelSets.Largest(models, limits))
        {
            try
            {
                foreach (var configuration in FlowCompiler.Compile(Restrict(profile, set), options, cancellationToken: cancellationToken).Plan.Configurations)
                {
                    var text = configuration.ToText(profile.Graph);
                    candidates.TryAdd(text, DeploymentCandidate.From(configuration) with { Id = text });
                }
            }
            catch (CompileException)
            {
                // A sub-agent runs on none of these models; other sets may do.
            }
        }

        if (candidates.Count == 0)
        {
            // Where it compiles without limits, they are what is in the way; where not, this says what is.
            FlowCompiler.Compile(profile, options, cancellationToken: cancellationToken);
            throw new CompileException(
                $"Workflow '{profile.Graph.Name}' can run on no models that the deployment limits allow together; relax the limits, or let its sub-agents run on more models.");
        }

        return [.. candidates.Values];
    }

    /// <summary>The rows of a profile that are on some models: what a deployment with those models can run.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="models">The names of the models.</param>
    public static ProfileTable Restrict(ProfileTable profile, IReadOnlyCollection<string> models)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(models);
        var agents = Enumerable.Range(0, profile.Graph.Nodes.Count).Where(node => profile.Graph.Nodes[node].Kind == NodeKind.SubAgent);
        return new ProfileTable(profile.Graph, agents.ToDictionary(
            node => profile.Graph.Nodes[node].Name,
            node => (IReadOnlyList<SettingProfile>)[.. profile.Of(node).Where(row => models.Contains(row.Setting.Model))]))
        {
            Recorded = profile.Recorded,
        };
    }
}
