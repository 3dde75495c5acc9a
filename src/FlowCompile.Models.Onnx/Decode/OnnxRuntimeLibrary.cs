using Microsoft.ML.OnnxRuntime;

namespace FlowCompile.Models.Onnx;

/// <summary>ONNX Runtime's native library, which the application brings.</summary>
internal static class OnnxRuntimeLibrary
{
    private static readonly object s_lock = new();

    /// <summary>Loads the library where that has not happened. The environment is the process's: where the application has made it, it stays as it is.</summary>
    /// <returns>The environment.</returns>
    /// <exception cref="ModelLoadException">The library was not found or does not load.</exception>
    public static OrtEnv Open()
    {
        try
        {
            lock (s_lock)
            {
                if (OrtEnv.IsCreated)
                {
                    return OrtEnv.Instance();
                }

                // Errors are thrown; the log would only repeat them on the terminal.
                var options = new EnvironmentCreationOptions { logId = nameof(FlowCompile), logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
                var environment = OrtEnv.CreateInstanceWithOptions(ref options);
                environment.DisableTelemetryEvents();
                return environment;
            }
        }
        catch (Exception error) when (Cause(error) is DllNotFoundException)
        {
            throw new ModelLoadException(
                "ONNX Runtime's native library was not found: reference the package Microsoft.ML.OnnxRuntime (CPU) or Microsoft.ML.OnnxRuntime.Gpu (CUDA) in the application.", error);
        }
        catch (Exception error) when (error is TypeInitializationException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new ModelLoadException(
                $"ONNX Runtime's native library does not load ({OneLine.Of(Cause(error).Message)}): reference Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu of the version of Microsoft.ML.OnnxRuntime.Managed.", error);
        }
    }

    private static Exception Cause(Exception error) => error is TypeInitializationException { InnerException: { } inner } ? Cause(inner) : error;
}
