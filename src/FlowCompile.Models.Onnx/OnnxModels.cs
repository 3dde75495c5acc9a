using FlowCompile.Settings;

namespace FlowCompile.Models.Onnx;

/// <summary>Opens the ONNX models that <c>flowcompile.json</c> names.</summary>
public static class OnnxModels
{
    /// <summary>The provider's name: the key under which <c>flowcompile.json</c> has the model's folder.</summary>
    public const string Provider = "onnx";

    /// <summary>Opens all models of a settings file.</summary>
    /// <param name="path">
    /// The file, or the folder that holds it. A relative path is looked for in the application's folder first, where a build puts the
    /// file, and then in the current one.
    /// </param>
    /// <returns>A catalog that owns the models.</returns>
    /// <exception cref="SettingsException">The file cannot be used, or names a model of another provider.</exception>
    /// <exception cref="ModelLoadException">A model cannot be loaded.</exception>
    public static ModelCatalog Load(string path = ProjectSettings.FileName)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var beside = Path.Combine(AppContext.BaseDirectory, path);
        return Load(ProjectSettings.Load(Path.Exists(beside) ? beside : path));
    }

    /// <summary>Opens all models of settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>A catalog that owns the models.</returns>
    /// <exception cref="SettingsException">The settings name a model of another provider.</exception>
    /// <exception cref="ModelLoadException">A model cannot be loaded.</exception>
    public static ModelCatalog Load(ProjectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var catalog = new ModelCatalog();
        try
        {
            foreach (var model in settings.Models)
            {
                if (model.Provider != Provider)
                {
                    throw new SettingsException(
                        settings.File, model.Line,
                        $"the model '{model.Name}' is of the provider '{model.Provider}', and only '{Provider}' is opened here; add it to the catalog by hand");
                }

                catalog.Add(model.Name, Open(model), price: model.Price ?? default);
            }

            return catalog;
        }
        catch
        {
            catalog.Dispose();
            throw;
        }
    }

    /// <summary>Opens one model.</summary>
    /// <param name="model">The model's settings: the folder as source, and the options <c>device</c> (<c>auto</c>, <c>cpu</c> or <c>cuda</c>), <c>graph</c> (the graph's file in the folder) and <c>chatFormat</c>.</param>
    /// <exception cref="ModelLoadException">The model cannot be loaded.</exception>
    /// <exception cref="ArgumentException">The settings are of another provider, or the device or the chat format is none that is known.</exception>
    public static OnnxChatClient Open(ModelSettings model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Provider != Provider)
        {
            throw new ArgumentException($"The model '{model.Name}' is of the provider '{model.Provider}', not '{Provider}'.", nameof(model));
        }

        var device = model.Options.GetValueOrDefault("device", "auto");
        var provider = device switch
        {
            "auto" => OnnxExecutionProvider.Auto,
            "cpu" => OnnxExecutionProvider.Cpu,
            "cuda" => OnnxExecutionProvider.Cuda,
            _ => throw new ArgumentException($"The model '{model.Name}' has the device '{device}': use auto, cpu or cuda.", nameof(model)),
        };
        return new OnnxChatClient(model.Source, new OnnxModelOptions
        {
            ExecutionProvider = provider,
            Graph = model.Options.GetValueOrDefault("graph"),
            ChatFormat = model.Options.GetValueOrDefault("chatFormat"),
        });
    }
}
