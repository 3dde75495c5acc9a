using System.Globalization;
using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>ONNX Runtime's CUDA execution provider: a library of its own beside ONNX Runtime's, which may be there or not.</summary>
internal static unsafe class CudaProvider
{
    private const string Name = "CUDAExecutionProvider";

    /// <summary>Why CUDA cannot be used; <see langword="null"/> where nothing is known to speak against it.</summary>
    public static string? Missing()
    {
        var api = OrtApi.Current;
        var library = OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
        return !Available(api) ? "this ONNX Runtime is built without CUDA"
            : api.Folder is { } folder && !File.Exists(Path.Combine(folder, library))
                ? $"{library} is not in {folder}; add Microsoft.ML.OnnxRuntime.Gpu to the application, or put the library there"
            : null;
    }

    /// <summary>Asks for CUDA before all else.</summary>
    /// <exception cref="OrtException">The library or the device does not answer.</exception>
    public static void Append(OrtHandle sessionOptions, int device)
    {
        var api = OrtApi.Current;
        nint handle;
        api.Check(((delegate* unmanaged<nint*, nint>)api[OrtFunction.CreateCudaProviderOptions])(&handle));
        using var options = new OrtHandle(handle, OrtFunction.ReleaseCudaProviderOptions);
        using var key = new Utf8String("device_id");
        using var value = new Utf8String(device.ToString(CultureInfo.InvariantCulture));
        var (keyPointer, valuePointer) = ((nint)key.Pointer, (nint)value.Pointer);
        api.Check(((delegate* unmanaged<nint, nint*, nint*, nuint, nint>)api[OrtFunction.UpdateCudaProviderOptions])(
            handle, &keyPointer, &valuePointer, 1));
        api.Check(((delegate* unmanaged<nint, nint, nint>)api[OrtFunction.AppendCudaProvider])(sessionOptions.Value, handle));
    }

    private static bool Available(OrtApi api)
    {
        nint* names;
        int count;
        api.Check(((delegate* unmanaged<nint**, int*, nint>)api[OrtFunction.GetAvailableProviders])(&names, &count));
        try
        {
            foreach (var name in new ReadOnlySpan<nint>(names, count))
            {
                if (Marshal.PtrToStringUTF8(name) == Name)
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            api.Check(((delegate* unmanaged<nint*, int, nint>)api[OrtFunction.ReleaseAvailableProviders])(names, count));
        }
    }
}
