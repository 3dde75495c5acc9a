using System.Runtime.InteropServices;
using FlowCompile.Models.Onnx;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace FlowCompile.Models.GenAI;

/// <summary>ONNX Runtime GenAI's native library, which the application brings.</summary>
internal static class GenAILibrary
{
    /// <summary>Loads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where the model runs.</param>
    /// <exception cref="ModelLoadException">The library was not found, or does not take the folder.</exception>
    public static Model Load(string folder, GenAIDevice device)
    {
        try
        {
            Preload();
            using var config = new Config(folder);
            if (device != GenAIDevice.AsConfigured)
            {
                config.ClearProviders();
            }

            if (device == GenAIDevice.Cuda)
            {
                config.AppendProvider("cuda");
            }

            return new Model(config);
        }
        catch (Exception error) when (Cause(error) is DllNotFoundException)
        {
            throw new ModelLoadException(
                "The native library of ONNX Runtime GenAI was not found: reference the package Microsoft.ML.OnnxRuntimeGenAI (CPU) or Microsoft.ML.OnnxRuntimeGenAI.Cuda (CUDA) in the application.", error);
        }
        catch (Exception error) when (error is TypeInitializationException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new ModelLoadException(
                $"The native library of ONNX Runtime GenAI does not load ({OneLine.Of(Cause(error).Message)}): reference Microsoft.ML.OnnxRuntimeGenAI of the version of Microsoft.ML.OnnxRuntimeGenAI.Managed.", error);
        }
        catch (OnnxRuntimeGenAIException error)
        {
            var remedy = device == GenAIDevice.Cuda
                ? "CUDA needs the package Microsoft.ML.OnnxRuntimeGenAI.Cuda, CUDA 13 and cuDNN 9"
                : "check that the folder is complete, and made for this version of ONNX Runtime GenAI";
            throw new ModelLoadException($"{folder}: ONNX Runtime GenAI does not take the model ({OneLine.Of(error.Message)}): {remedy}.", error);
        }
    }

    // The tool runs beside the application, whose folders .NET does not search. What is loaded already is found under its name.
    private static void Preload()
    {
        foreach (var folder in NativeLibraryFolders.Current)
        {
            foreach (var name in (ReadOnlySpan<string>)["onnxruntime-genai.dll", "libonnxruntime-genai.so", "libonnxruntime-genai.dylib"])
            {
                var path = Path.Combine(folder, name);
                if (File.Exists(path) && NativeLibrary.TryLoad(path, out _))
                {
                    return;
                }
            }
        }
    }

    private static Exception Cause(Exception error) => error is TypeInitializationException { InnerException: { } inner } ? Cause(inner) : error;
}
