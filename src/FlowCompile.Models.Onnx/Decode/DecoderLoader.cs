using Microsoft.ML.OnnxRuntime;

namespace FlowCompile.Models.Onnx;

/// <summary>Opens model.onnx on the device asked for, and checks that it is the decoder that config.json describes.</summary>
internal static class DecoderLoader
{
    /// <summary>Opens the model of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">What its config.json says.</param>
    /// <param name="options">Where and how to run it.</param>
    /// <param name="cacheDevice">On the CPU, the memory to put keys and values into by hand, as is done on CUDA; <see langword="null"/> leaves them to ONNX Runtime.</param>
    /// <exception cref="ModelLoadException">The graph is missing, damaged or of another kind, or the device or ONNX Runtime is not to be had.</exception>
    public static OnnxDecoder Load(string folder, ModelConfig config, OnnxModelOptions options, string? cacheDevice = null)
    {
        var path = ModelFolder.Require(folder, ModelFolder.GraphOf(folder, options.Graph));
        OnnxRuntimeLibrary.Open();
        string? problem = null;
        if (options.ExecutionProvider != OnnxExecutionProvider.Cpu)
        {
            problem = CudaProvider.Missing();
            if (problem is null)
            {
                try
                {
                    return Load(path, config, options, cuda: true, "Cuda", cudaProblem: null);
                }
                catch (OnnxRuntimeException error)
                {
                    problem = $"{OneLine.Of(error.Message)} ({CudaProvider.Needs})";
                }
            }

            if (options.ExecutionProvider == OnnxExecutionProvider.Cuda)
            {
                throw new ModelLoadException($"{path}: the model cannot run on CUDA: {problem}. Use cpu or auto, or mend that.");
            }
        }

        try
        {
            return Load(path, config, options, cuda: false, cacheDevice, problem);
        }
        catch (Exception error) when (error is not (ModelLoadException or OutOfMemoryException))
        {
            // ONNX Runtime's own errors, and whatever its managed part meets in a description of inputs and outputs that is damaged.
            throw new ModelLoadException(
                $"{path}: ONNX Runtime cannot load the file ({OneLine.Of(error.Message)}): restore it from where the model came from.", error);
        }
    }

    private static OnnxDecoder Load(string path, ModelConfig config, OnnxModelOptions options, bool cuda, string? cacheDevice, string? cudaProblem)
    {
        using var sessionOptions = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        if (cuda)
        {
            CudaProvider.Append(sessionOptions, options.CudaDevice);
        }

        var session = new InferenceSession(path, sessionOptions);
        OrtAllocator? allocator = null;
        try
        {
            var layout = GraphChecker.Check(path, session, config) with { RoundsByRun = RoundsByRun(path) };
            allocator = cacheDevice is null ? null : Allocator(session, cacheDevice, cuda ? options.CudaDevice : 0);
            return new OnnxDecoder(session, config, layout, cuda ? "cuda" : "cpu", allocator, cudaProblem);
        }
        catch
        {
            allocator?.Dispose();
            session.Dispose();
            throw;
        }
    }

    // Dynamic quantization rounds the activations of a run by the largest of them, whichever text it is of. The operators' names stand in the file as they are.
    private static bool RoundsByRun(string path)
    {
        var name = "DynamicQuantize"u8;
        using var file = File.OpenRead(path);
        var buffer = new byte[1 << 20];
        for (int kept = 0, read; (read = file.Read(buffer, kept, buffer.Length - kept)) > 0; kept = Math.Min(kept + read, name.Length - 1))
        {
            var content = buffer.AsSpan(0, kept + read);
            if (content.IndexOf(name) >= 0)
            {
                return true;
            }

            content[^Math.Min(content.Length, name.Length - 1)..].CopyTo(buffer);
        }

        return false;
    }

    // The session's allocator of a device's memory, by ONNX Runtime's name of it.
    private static OrtAllocator Allocator(InferenceSession session, string device, int id)
    {
        using var memory = new OrtMemoryInfo(device, OrtAllocatorType.ArenaAllocator, id, OrtMemType.Default);
        return new OrtAllocator(session, memory);
    }
}
