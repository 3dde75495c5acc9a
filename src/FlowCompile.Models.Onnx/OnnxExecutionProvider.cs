namespace FlowCompile.Models.Onnx;

/// <summary>Where a model runs.</summary>
public enum OnnxExecutionProvider
{
    /// <summary>On CUDA where the provider's library lies beside ONNX Runtime's and a device answers, else on the CPU.</summary>
    Auto,

    /// <summary>On the CPU.</summary>
    Cpu,

    /// <summary>On CUDA; loading fails where that is not possible.</summary>
    Cuda,
}
