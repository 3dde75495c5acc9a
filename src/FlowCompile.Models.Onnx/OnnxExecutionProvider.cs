namespace FlowCompile.Models.Onnx;

/// <summary>Where a model runs.</summary>
public enum OnnxExecutionProvider
{
    /// <summary>On CUDA where the application has the package Microsoft.ML.OnnxRuntime.Gpu and a device answers, else on the CPU; <see cref="OnnxChatClient.ExecutionProvider"/> says which.</summary>
    Auto,

    /// <summary>On the CPU.</summary>
    Cpu,

    /// <summary>On CUDA; where that is not possible, loading fails and says which package and which CUDA it needs.</summary>
    Cuda,
}
