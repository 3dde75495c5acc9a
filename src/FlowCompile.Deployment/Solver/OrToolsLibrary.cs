using System.Reflection;
using System.Runtime.InteropServices;
using Google.OrTools.Sat;

namespace FlowCompile.Deployment;

/// <summary>The native library that Google.OrTools calls, which a package for each platform brings.</summary>
internal static class OrToolsLibrary
{
    private const string Library = "google-ortools-native";
    private static readonly string[] s_platforms = ["linux-x64", "linux-arm64", "osx-x64", "osx-arm64", "win-x64"];
    private static readonly Lazy<string?> s_problem = new(Problem);

    /// <summary>Sees that the library can be loaded.</summary>
    /// <exception cref="DeploymentException">It is not there, or there is none for this platform; the message says which package brings it.</exception>
    public static void Require()
    {
        if (s_problem.Value is { } problem)
        {
            throw new DeploymentException(problem) { IsNotInstalled = true };
        }
    }

    /// <summary>What to say where the library cannot be loaded.</summary>
    /// <param name="platform">The runtime identifier of the process.</param>
    /// <param name="version">The version of Google.OrTools.</param>
    /// <param name="reason">Why the library could not be loaded, as the system says it.</param>
    public static string Describe(string platform, string version, string reason) => s_platforms.Contains(platform)
        ? $"Deployment limits need the native library of OR-Tools, which the package Google.OrTools.runtime.{platform} {version} brings, and it could not be loaded ({reason}); install FlowCompile.Tool again."
        : $"Deployment limits need the native library of OR-Tools, and Google.OrTools {version} has none for {platform}; run this on {string.Join(", ", s_platforms[..^1])} or {s_platforms[^1]}.";

    private static string? Problem()
    {
        var assembly = typeof(SolveWrapper).Assembly;
        try
        {
            NativeLibrary.Load(Library, assembly, null);
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString(3) ?? "";
            return Describe(RuntimeInformation.RuntimeIdentifier, version, error.Message.Split('\n')[0].Trim());
        }
    }
}
