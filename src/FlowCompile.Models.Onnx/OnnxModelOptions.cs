namespace FlowCompile.Models.Onnx;

/// <summary>How a model is loaded and run.</summary>
public sealed class OnnxModelOptions
{
    /// <summary>Where the model runs.</summary>
    /// <value>Default: <see cref="OnnxExecutionProvider.Auto"/>.</value>
    public OnnxExecutionProvider ExecutionProvider { get; init; }

    /// <summary>
    /// How many CPU threads work on one call, 1 or more. Calls of several threads run side by side whatever this says, so that 1 is
    /// best for small models under load.
    /// </summary>
    /// <value>Default: 1.</value>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Which CUDA device, from 0; the CPU ignores it.</summary>
    /// <value>Default: 0.</value>
    public int CudaDevice { get; init; }

    /// <summary>
    /// The graph's file, relative to the model's folder, as <c>onnx/model_q4.onnx</c>. The default takes the first that is there of <c>model.onnx</c>, <c>onnx/model.onnx</c>,
    /// <c>decoder_model_merged.onnx</c> and <c>onnx/decoder_model_merged.onnx</c>.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? Graph { get; init; }

    /// <summary>
    /// How the model wants conversations written, by the name of a format: <c>chatml</c>, <c>qwen3</c>, <c>llama-3</c> and so on, or <c>plain</c> for
    /// the texts of the messages as they are.
    /// </summary>
    /// <value>Default: <see langword="null"/>, the format of the model's chat template.</value>
    public string? ChatFormat { get; init; }
}
