namespace FlowCompile.Models.Onnx;

/// <summary>Opens model.onnx on the device asked for, and checks that it is the decoder that config.json describes.</summary>
internal static unsafe class DecoderLoader
{
    /// <summary>Opens the model of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">What its config.json says.</param>
    /// <param name="options">Where and how to run it.</param>
    /// <param name="cacheDevice">On the CPU, the memory to put keys and values into by hand, as is done on CUDA; <see langword="null"/> leaves them to ONNX Runtime.</param>
    /// <exception cref="ModelLoadException">The graph is missing, damaged or of another kind, or the device is not to be had.</exception>
    public static OnnxDecoder Load(string folder, ModelConfig config, OnnxModelOptions options, string? cacheDevice = null)
    {
        var path = ModelFolder.Require(folder, ModelFolder.Graph);
        if (options.ExecutionProvider != OnnxExecutionProvider.Cpu)
        {
            var problem = CudaProvider.Missing();
            if (problem is null)
            {
                try
                {
                    return Load(path, config, options, cuda: true, "Cuda");
                }
                catch (OrtException error)
                {
                    problem = error.Message;
                }
            }

            if (options.ExecutionProvider == OnnxExecutionProvider.Cuda)
            {
                throw new ModelLoadException($"{path}: the model cannot run on CUDA: {problem}. Use cpu or auto, or mend that.");
            }
        }

        try
        {
            return Load(path, config, options, cuda: false, cacheDevice);
        }
        catch (OrtException error)
        {
            throw new ModelLoadException(
                $"{path}: ONNX Runtime cannot load the file ({error.Message}): restore it from where the model came from.", error);
        }
    }

    private static OnnxDecoder Load(string path, ModelConfig config, OnnxModelOptions options, bool cuda, string? cacheDevice)
    {
        using var sessionOptions = CreateOptions(options);
        if (cuda)
        {
            CudaProvider.Append(sessionOptions, options.CudaDevice);
        }

        var session = CreateSession(path, sessionOptions);
        OrtHandle? allocator = null;
        try
        {
            GraphChecker.Check(path, session, config);
            allocator = cacheDevice is null ? null : SessionAllocator.Create(session, cacheDevice, cuda ? options.CudaDevice : 0);
            return new OnnxDecoder(session, config, cuda ? "cuda" : "cpu", allocator);
        }
        catch
        {
            allocator?.Dispose();
            session.Dispose();
            throw;
        }
    }

    private static OrtHandle CreateOptions(OnnxModelOptions options)
    {
        var api = OrtApi.Current;
        nint handle;
        api.Check(((delegate* unmanaged<nint*, nint>)api[OrtFunction.CreateSessionOptions])(&handle));
        var result = new OrtHandle(handle, OrtFunction.ReleaseSessionOptions);
        try
        {
            api.Check(((delegate* unmanaged<nint, int, nint>)api[OrtFunction.SetIntraOpNumThreads])(handle, options.IntraOpThreads));
            api.Check(((delegate* unmanaged<nint, int, nint>)api[OrtFunction.SetInterOpNumThreads])(handle, 1));
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static OrtHandle CreateSession(string path, OrtHandle options)
    {
        var api = OrtApi.Current;
        var create = (delegate* unmanaged<nint, void*, nint, nint*, nint>)api[OrtFunction.CreateSession];
        nint handle;
        if (OperatingSystem.IsWindows())
        {
            // Paths are wchar_t there and char elsewhere (ORTCHAR_T).
            fixed (char* wide = path)
            {
                api.Check(create(api.Environment, wide, options.Value, &handle));
            }
        }
        else
        {
            using var narrow = new Utf8String(path);
            api.Check(create(api.Environment, narrow.Pointer, options.Value, &handle));
        }

        return new OrtHandle(handle, OrtFunction.ReleaseSession);
    }
}
