using System.CommandLine;
using System.Reflection;
using FlowCompile.Graph;
using FlowCompile.Tool.Hosting;
using FlowCompile.Tool.Output;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Commands;

/// <summary>Runs a verb and turns what it throws into one line and an exit code.</summary>
internal static class CommandRunner
{
    public static void SetRunner(this Command command, Func<ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction((result, cancellationToken) => RunAsync(result, run, cancellationToken));

    /// <summary>
    /// Runs a verb on the workflows of a project. The process that a user starts finds and builds the project; the verb itself runs in another
    /// one, which has the project's dependencies (<see cref="HostProcess"/>).
    /// </summary>
    public static void SetProjectRunner(this Command command, ProjectOptions options, Func<WorkflowSession, ParseResult, CancellationToken, Task<int>> run) =>
        command.SetRunner(async (result, cancellationToken) =>
        {
            Hints.Set(result, result.GetValue(options.Project));
            if (HostedRun.Current is { } hosted)
            {
                using var session = WorkflowSession.Open(hosted.Project, result.GetValue(options.Workflow));
                return await run(session, result, cancellationToken);
            }

            // Settings first: a mistake in them should not wait for a build.
            var request = options.Request(result);
            var project = await ProjectLocator.LocateAsync(request, cancellationToken);
            WorkflowSession.ReadSettings(project);
            return await HostProcess.RunAsync(await ProjectBuilder.GetAsync(project, request, cancellationToken), cancellationToken);
        });

    /// <summary>Runs a command line; one that is wrong is not run, and what is wrong is said without the page of help that a typing error does not need.</summary>
    public static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        List<ShownText> mistakes = [.. UsageErrors.Of(result)];
        foreach (var mistake in mistakes)
        {
            Terminal.ErrorLine($"error: {mistake}");
        }

        return mistakes.Count > 0 ? ExitCode.Usage : await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, cancellationToken);
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
            Terminal.ErrorLine(code == ExitCode.Stopped ? line : (ShownText)$"error: {Hints.Complete(line)}");
            if (verbose)
            {
                Terminal.ErrorLines(error.ToString());
            }

            return code;
        }
    }

    private static (int Code, ShownText Line) Describe(Exception error) => error switch
    {
        ToolException tool => (tool.Code, tool.Text),
        OperationCanceledException => (ExitCode.Stopped, "Stopped. What was measured is kept; run the same command to go on."),
        _ when IsForTheUser(error) => (ExitCode.BadInput, ShownText.OfMessage(error.Message)),
        _ => (ExitCode.Internal, (ShownText)$"{ShownText.OfMessage(error.Message)} ({error.GetType().Name}; --verbose shows where)"),
    };

    // Exceptions of FlowCompile's own types say what, where and what to do; those of the system are read as far as they do.
    private static bool IsForTheUser(Exception error) =>
        error is GraphException or IOException or UnauthorizedAccessException or WorkflowException or KeyNotFoundException
        || error.GetType().Namespace?.StartsWith(nameof(FlowCompile), StringComparison.Ordinal) == true;
}
