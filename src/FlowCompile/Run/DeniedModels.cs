using FlowCompile.Json;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>Whether the models that a run must not use are there at all: a name with a typing error would deny nothing, and nobody would know.</summary>
internal static class DeniedModels
{
    /// <summary>Refuses names that neither the models at hand nor what is run knows.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="denied">The names.</param>
    /// <param name="models">The models at hand.</param>
    /// <param name="planned">The models of the plan, or of the configuration, that is run.</param>
    /// <exception cref="WorkflowException">There is no such model.</exception>
    public static void Check(string workflow, IReadOnlyCollection<string> denied, ModelCatalog models, IReadOnlyCollection<string> planned)
    {
        foreach (var name in denied)
        {
            if (models.Find(name) is null && !planned.Contains(name))
            {
                throw new WorkflowException(
                    $"Workflow '{workflow}': this run must not use the model '{name}', which neither its plan nor the models at hand have; {NearestName.Suggest(name, [.. models.Names.Union(planned)])}");
            }
        }
    }

    /// <summary>The models that a configuration needs.</summary>
    public static IReadOnlyCollection<string> ModelsOf(WorkflowConfiguration configuration) =>
        [.. configuration.Settings.OfType<CallSettings>().SelectMany(settings => settings.Models).Distinct(StringComparer.Ordinal)];
}
