using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace FlowCompile.Models.Onnx;

/// <summary>ONNX Runtime's CUDA execution provider: a library of its own beside ONNX Runtime's, in the package of one flavour only.</summary>
internal static class CudaProvider
{
    /// <summary>What the provider of this version needs beside its package.</summary>
    public const string Needs = "Microsoft.ML.OnnxRuntime.Gpu 1.31 needs CUDA 13 and cuDNN 9 on the machine, and an NVIDIA driver that serves them";

    private const string Name = "CUDAExecutionProvider";

    private static string LibraryName => OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";

    /// <summary>Why CUDA cannot be used; <see langword="null"/> where nothing is known to speak against it.</summary>
    /// <exception cref="ModelLoadException">ONNX Runtime's native library was not found or does not load.</exception>
    public static string? Missing() => Missing(NativeLibraryFolders.Current, OnnxRuntimeLibrary.Open().GetAvailableProviders().Contains(Name));

    /// <summary>Why CUDA cannot be used; <see langword="null"/> where nothing is known to speak against it.</summary>
    /// <param name="folders">Where native libraries lie.</param>
    /// <param name="isBuiltIn">Whether the library that was loaded is the flavour with CUDA.</param>
    public static string? Missing(IReadOnlyList<string> folders, bool isBuiltIn)
    {
        var folder = folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, LibraryName)));
        return (isBuiltIn, folder) switch
        {
            (true, not null) => null,
            (false, not null) =>
                $"two flavours of ONNX Runtime are in one application: {LibraryName} of Microsoft.ML.OnnxRuntime.Gpu lies in {folder}, and the library that was loaded is that of Microsoft.ML.OnnxRuntime, without CUDA; "
                + "reference only Microsoft.ML.OnnxRuntime.Gpu, and build again from an empty output folder",
            (false, null) => $"the application has ONNX Runtime without CUDA; reference Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime ({Needs})",
            (true, null) => $"{LibraryName} is in none of the application's folders ({string.Join(", ", folders)}); it comes with Microsoft.ML.OnnxRuntime.Gpu ({Needs})",
        };
    }

    /// <summary>Asks for CUDA before all else.</summary>
    /// <param name="sessionOptions">The options of the session.</param>
    /// <param name="device">Which device.</param>
    /// <exception cref="OnnxRuntimeException">The library or the device does not answer.</exception>
    public static void Append(SessionOptions sessionOptions, int device)
    {
        using var options = new OrtCUDAProviderOptions();
        options.UpdateOptions(new Dictionary<string, string> { ["device_id"] = device.ToString(CultureInfo.InvariantCulture) });
        sessionOptions.AppendExecutionProvider_CUDA(options);
    }
}
