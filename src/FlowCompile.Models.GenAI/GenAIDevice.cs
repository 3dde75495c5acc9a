namespace FlowCompile.Models.GenAI;

/// <summary>Where a model runs.</summary>
public enum GenAIDevice
{
    /// <summary>Where the providers in <c>genai_config.json</c> say; the CPU where it names none.</summary>
    AsConfigured,

    /// <summary>On the CPU, whatever the file says.</summary>
    Cpu,

    /// <summary>On CUDA, whatever the file says. Where that is not possible, opening the model fails.</summary>
    Cuda,
}
