using System.Globalization;
using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Finds ONNX Runtime's native library. The copy that comes with FlowCompile has the major version in its name; one of the plain name is
/// the user's own (for example from Microsoft.ML.OnnxRuntime.Gpu, with CUDA) and goes first.
/// </summary>
internal static unsafe class OrtLibrary
{
    /// <summary>The version of the interface asked for: that of ONNX Runtime 1.17, which has every function used, so that older copies do too.</summary>
    public const uint ApiVersion = 17;

    /// <summary>Loads the library.</summary>
    /// <param name="applicationFolder">The application's folder.</param>
    /// <param name="searchFolders">Further folders, as the host names them.</param>
    /// <returns>The function table, and the library's folder where it is known.</returns>
    /// <exception cref="ModelLoadException">There is none, or none that will do.</exception>
    public static (nint Table, string? Folder) Load(string applicationFolder, IEnumerable<string> searchFolders)
    {
        var (plain, ours, platform) = Names();
        string[] folders = [Path.Combine(applicationFolder, "runtimes", platform, "native"), applicationFolder, .. searchFolders];
        List<string> problems = [];
        foreach (var folder in folders.Distinct(StringComparer.Ordinal))
        {
            foreach (var file in new[] { Path.Combine(folder, plain), Path.Combine(folder, ours) })
            {
                if (File.Exists(file) && TryOpen(file, problems) is { } table)
                {
                    return (table, folder);
                }
            }
        }

        foreach (var name in new[] { plain, ours })
        {
            if (TryOpen(name, problems: null) is { } table)
            {
                return (table, null);
            }
        }

        throw new ModelLoadException(problems.Count > 0
            ? $"ONNX Runtime's native library does not load: {string.Join("; ", problems)}."
            : $"ONNX Runtime's native library was not found: put {ours} (or {plain}) into {folders[0]}, or install ONNX Runtime on the system.");
    }

    /// <summary>The library's plain name, the name of FlowCompile's copy, and the platform's runtime identifier.</summary>
    public static (string Plain, string Ours, string Platform) Names()
    {
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            Architecture.X86 => "x86",
            var other => other.ToString(),
        };
        return OperatingSystem.IsWindows() ? ("onnxruntime.dll", "onnxruntime.1.dll", $"win-{architecture}")
            : OperatingSystem.IsMacOS() ? ("libonnxruntime.dylib", "libonnxruntime.1.dylib", $"osx-{architecture}")
            : ("libonnxruntime.so", "libonnxruntime.so.1", $"linux-{architecture}");
    }

    private static nint? TryOpen(string name, List<string>? problems)
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(name);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            problems?.Add($"{name}: {OneLine.Of(error.Message)}");
            return null;
        }

        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var export))
        {
            problems?.Add($"{name}: it is not ONNX Runtime");
            NativeLibrary.Free(library);
            return null;
        }

        // struct OrtApiBase { const OrtApi* (*GetApi)(uint32_t); const char* (*GetVersionString)(); }. The version is looked at first
        // because GetApi writes to the terminal when it does not know the one asked for.
        var entries = ((delegate* unmanaged<nint*>)export)();
        var version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)entries[1])()) ?? string.Empty;
        var parts = version.Split('.');
        if (parts.Length < 2
            || !uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            || (major, minor).CompareTo((1u, ApiVersion)) < 0
            || ((delegate* unmanaged<uint, nint>)entries[0])(ApiVersion) is not (not 0 and var table))
        {
            problems?.Add($"{name}: it is version '{version}', and 1.{ApiVersion} or later is needed");
            NativeLibrary.Free(library);
            return null;
        }

        return table;
    }
}
