using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace FlowCompile.Profiling;

/// <summary>When a process started: with its id it names one process, since ids are used again.</summary>
internal static class ProcessStart
{
    /// <summary>The start of a running process, as text that is the same whoever asks.</summary>
    /// <param name="id">The process's id.</param>
    /// <returns>The text, or <see langword="null"/> where no such process runs.</returns>
    public static string? Of(int id)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OfLinux(id) : OfOther(id);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string OfOther(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
    }

    // Process.StartTime is computed from the clock on Linux and differs a little from asker to asker; the kernel's own count does not.
    // After the name in parentheses, which may hold anything, the state is the first field and the start the twentieth.
    private static string? OfLinux(int id)
    {
        var stat = File.ReadAllText(FormattableString.Invariant($"/proc/{id}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : fields[19];
    }
}
