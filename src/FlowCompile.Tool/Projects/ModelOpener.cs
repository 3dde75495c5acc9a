using FlowCompile.Models.GenAI;
using FlowCompile.Models.Onnx;
using FlowCompile.Models.OpenAI;
using FlowCompile.Models.Replay;
using FlowCompile.Settings;
using FlowCompile.Tool.Output;

namespace FlowCompile.Tool.Projects;

/// <summary>Opens the models of a project, of whatever provider. What their clients warn of goes to standard error.</summary>
internal static class ModelOpener
{
    public static ModelCatalog Open(ProjectSettings settings) => new ModelProviders()
        .Add(OnnxModels.Provider, OnnxModels.Open)
        .Add(GenAIModels.Provider, GenAIModels.Open)
        .Add(OpenAIModels.Provider, new OpenAIModels(new WarningLog()).Open)
        .Add(ReplayModels.Provider, ReplayModels.Open)
        .Open(settings);
}
