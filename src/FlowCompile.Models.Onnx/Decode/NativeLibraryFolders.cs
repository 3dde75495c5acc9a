using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>Where an application's native libraries lie.</summary>
internal static class NativeLibraryFolders
{
    /// <summary>The application's folder, its folder for this platform, and those that the host of .NET names.</summary>
    public static IReadOnlyList<string> Current { get; } =
    [
        .. ((string[])
        [
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"),
            Path.Combine(AppContext.BaseDirectory, "runtimes", Portable(), "native"),
            .. (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        ]).Select(Path.TrimEndingDirectorySeparator).Where(Directory.Exists).Distinct(StringComparer.Ordinal),
    ];

    private static string Portable()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
    }
}
