using FlowCompile.Models.Onnx;
using FlowCompile.Settings;

namespace FlowCompile.Models.GenAI;

/// <summary>Opens the models of ONNX Runtime GenAI that <c>flowcompile.json</c> names.</summary>
public static class GenAIModels
{
    /// <summary>The provider's name: the key under which <c>flowcompile.json</c> has the model's folder.</summary>
    public const string Provider = "genai";

    /// <summary>Opens one model.</summary>
    /// <param name="model">The model's settings: the folder as source, and the options <c>device</c> (<c>auto</c>, as the folder's file says, <c>cpu</c> or <c>cuda</c>) and <c>chatFormat</c>.</param>
    /// <exception cref="ModelLoadException">The model cannot be loaded.</exception>
    /// <exception cref="ArgumentException">The settings are of another provider, or the device or the chat format is none that is known.</exception>
    public static GenAIChatClient Open(ModelSettings model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Provider != Provider)
        {
            throw new ArgumentException($"The model '{model.Name}' is of the provider '{model.Provider}', not '{Provider}'.", nameof(model));
        }

        return new GenAIChatClient(model.Source, new GenAIModelOptions
        {
            Device = model.Options.GetValueOrDefault("device", "auto") switch
            {
                "auto" => GenAIDevice.AsConfigured,
                "cpu" => GenAIDevice.Cpu,
                "cuda" => GenAIDevice.Cuda,
                var other => throw new ArgumentException($"The model '{model.Name}' has the device '{other}': use auto, cpu or cuda.", nameof(model)),
            },
            ChatFormat = model.Options.GetValueOrDefault("chatFormat"),
        });
    }
}
