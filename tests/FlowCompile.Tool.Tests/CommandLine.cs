using System.Diagnostics;
using System.Text;

namespace FlowCompile.Tool.Tests;

/// <summary>Runs the command line as a process of its own.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    public static Task<Run> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    /// <summary>Runs it with changes to the environment.</summary>
    public static Task<Run> RunAsync(IReadOnlyDictionary<string, string> environment, string[] arguments) => RunAsync(AppContext.BaseDirectory, environment, arguments);

    /// <summary>Runs the tool of a folder.</summary>
    public static async Task<Run> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        using var process = Start(folder, environment, arguments);
        using var patience = new CancellationTokenSource(s_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new Run(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public static Process Start(params string[] arguments) => Start(AppContext.BaseDirectory, new Dictionary<string, string>(), arguments);

    private static Process Start(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in (string[])[Path.Combine(folder, "dotnet-flowcompile.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>What a run came to.</summary>
    internal sealed record Run(int ExitCode, string Output, string Error)
    {
        /// <summary>The only line of standard error, which says what is wrong.</summary>
        public string ErrorLine()
        {
            var lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return Assert.Single(lines);
        }
    }
}
