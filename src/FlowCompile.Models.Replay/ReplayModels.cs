using FlowCompile.Settings;

namespace FlowCompile.Models.Replay;

/// <summary>Opens the replayed models that <c>flowcompile.json</c> names.</summary>
public static class ReplayModels
{
    /// <summary>The provider's name: the key under which <c>flowcompile.json</c> has the file of calls.</summary>
    public const string Provider = "replay";

    /// <summary>Opens a model.</summary>
    /// <param name="model">
    /// The model's settings: the file as source, and the options <c>model</c> (default: the model's name), <c>efforts</c> and
    /// <c>pace</c> (<c>instant</c> or <c>recorded</c>).
    /// </param>
    /// <exception cref="SettingsException">The settings say something that cannot be.</exception>
    /// <exception cref="ReplayFileException">The file is missing or malformed, or has no calls of the model.</exception>
    public static ReplayChatClient Open(ModelSettings model)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            return new ReplayChatClient(model.Source, new ReplayOptions
            {
                Model = model.Options.GetValueOrDefault("model", model.Name),
                Name = model.Name,
                Levels = model.Options.TryGetValue("efforts", out var efforts) ? ReasoningLevel.ParseList(efforts) : null,
                KeepsPace = model.Options.GetValueOrDefault("pace", "instant") == "recorded",
            });
        }
        catch (FormatException e)
        {
            throw new SettingsException(model.File, model.Line == 0 ? null : model.Line, $"'efforts' of the model '{model.Name}': {e.Message}", e);
        }
    }
}
