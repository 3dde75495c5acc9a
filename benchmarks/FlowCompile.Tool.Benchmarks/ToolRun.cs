using System.Diagnostics;

namespace FlowCompile.Tool.Benchmarks;

/// <summary>Runs processes and times them.</summary>
internal static class ToolRun
{
    /// <summary>Runs a process to its end.</summary>
    /// <returns>How long it took from start to exit, and what it wrote.</returns>
    public static (TimeSpan Wall, string Output) Run(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (watch.Elapsed, output)
            : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
    }
}
