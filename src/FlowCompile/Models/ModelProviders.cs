using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// Opens the models that <c>flowcompile.json</c> names, each by its provider:
/// <c>new ModelProviders().Add(OnnxModels.Provider, OnnxModels.Open).Open(settings)</c>.
/// </summary>
public sealed class ModelProviders
{
    private readonly Dictionary<string, Func<ModelSettings, IChatClient>> _openers = new(StringComparer.Ordinal);

    /// <summary>Adds a provider.</summary>
    /// <param name="provider">The provider's name: the key of <c>flowcompile.json</c> that says where a model is.</param>
    /// <param name="open">Opens a model of the provider; the client belongs to the catalog that it gets into.</param>
    /// <returns>The same object, so that calls can be chained.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public ModelProviders Add(string provider, Func<ModelSettings, IChatClient> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(open);
        return _openers.TryAdd(provider, open)
            ? this
            : throw new ArgumentException($"The provider '{provider}' is there already.", nameof(provider));
    }

    /// <summary>Opens one model.</summary>
    /// <param name="model">The model's settings.</param>
    /// <exception cref="SettingsException">The model's provider was not added.</exception>
    public IChatClient Open(ModelSettings model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return _openers.TryGetValue(model.Provider, out var open)
            ? open(model)
            : throw new SettingsException(
                model.File, model.Line == 0 ? null : model.Line,
                $"the model '{model.Name}' is of the provider '{model.Provider}', and only these are opened here: {string.Join(", ", _openers.Keys)}");
    }

    /// <summary>Opens all models of settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>A catalog that owns the models.</returns>
    /// <exception cref="SettingsException">A model's provider was not added, or its settings cannot be.</exception>
    public ModelCatalog Open(ProjectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var catalog = new ModelCatalog();
        try
        {
            foreach (var model in settings.Models)
            {
                catalog.Add(model.Name, Open(model));
            }

            return catalog;
        }
        catch
        {
            catalog.Dispose();
            throw;
        }
    }
}
