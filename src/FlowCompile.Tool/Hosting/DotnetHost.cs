using System.ComponentModel;
using System.Diagnostics;

namespace FlowCompile.Tool.Hosting;

/// <summary>The <c>dotnet</c> command: of the SDK that started this process, else the one on the PATH.</summary>
internal static class DotnetHost
{
    public static string Path => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>Starts it.</summary>
    /// <exception cref="ToolException">It is not there.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new ToolException($"'{start.FileName}' could not be started ({error.Message}); install the .NET SDK or put it on the PATH.", ExitCode.BadProject, error);
        }
    }
}
