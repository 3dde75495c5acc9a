using System.CommandLine;
using System.Reflection;
using FlowCompile.Compilation.CpSat;
using FlowCompile.Graph;

namespace FlowCompile.Tool.Commands;

/// <summary>Runs a verb and turns what it throws into one line and an exit code.</summary>
internal static class CommandRunner
{
    public static void SetRunner(this Command command, Func<ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction((result, cancellationToken) => RunAsync(result, run, cancellationToken));

    /// <summary>Says what is wrong with a command line, without the page of help that a typing error does not need.</summary>
    public static async Task<int> ReportUsageAsync(ParseResult result)
    {
        foreach (var error in result.Errors)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message} See '{result.CommandResult.Command.Name} --help'.");
        }

        return ExitCode.Usage;
    }

    private static async Task<int> RunAsync(ParseResult result, Func<ParseResult, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        var verbose = result.GetValue(CommonOptions.Verbose);
        try
        {
            return await run(result, cancellationToken);
        }
        catch (Exception error)
        {
            while (error is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && error.InnerException is { } inner)
            {
                error = inner;
            }

            var (code, line) = Describe(error);
            await Console.Error.WriteLineAsync(code == ExitCode.Stopped ? line : $"error: {line}");
            if (verbose)
            {
                await Console.Error.WriteLineAsync(error.ToString());
            }

            return code;
        }
    }

    private static (int Code, string Line) Describe(Exception error) => error switch
    {
        ToolException tool => (tool.Code, tool.Message),
        CpSatException { IsNotInstalled: true } => (ExitCode.NotInstalled, OneLine(error.Message)),
        OperationCanceledException => (ExitCode.Stopped, "Stopped. What was measured is kept; run the same command to go on."),
        _ when IsForTheUser(error) => (ExitCode.BadInput, OneLine(error.Message)),
        _ => (ExitCode.Internal, $"{OneLine(error.Message)} ({error.GetType().Name}; --verbose shows where)"),
    };

    // Exceptions of FlowCompile's own types say what, where and what to do; those of the system are read as far as they do.
    private static bool IsForTheUser(Exception error) =>
        error is GraphException or IOException or UnauthorizedAccessException or WorkflowException or KeyNotFoundException
        || error.GetType().Namespace?.StartsWith(nameof(FlowCompile), StringComparison.Ordinal) == true;

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
