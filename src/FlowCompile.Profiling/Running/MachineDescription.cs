using System.Runtime.InteropServices;

namespace FlowCompile.Profiling;

/// <summary>Says in one line what machine this is, as far as latencies depend on it.</summary>
public static class MachineDescription
{
    /// <summary>This machine: processor, number of cores in use, operating system.</summary>
    public static string Current { get; } = FormattableString.Invariant(
        $"{Processor() ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()}");

    private static string? Processor()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        }

        try
        {
            return File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
