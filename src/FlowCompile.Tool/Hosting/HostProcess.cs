using System.Diagnostics;
using System.IO.Pipes;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Hosting;

/// <summary>
/// Runs a verb in a process of its own that loads the project's dependencies as the project's own program does: the frameworks it asks
/// for, and of every package the version it was built with, or the tool's where that is higher. Two versions in one process would mean two
/// types where the workflow and the tool must speak of one.
/// </summary>
internal static class HostProcess
{
    /// <summary>What is written to the process when it is to stop. The end of the pipe means that the tool is gone.</summary>
    public const byte Stop = 1;

    /// <summary>Runs the tool again with the same arguments.</summary>
    /// <param name="project">The project, which was built.</param>
    /// <param name="cancellationToken">Asks the process to stop; it ends by itself, for what it measures is kept.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(BuiltProject project, CancellationToken cancellationToken)
    {
        using var signal = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        using var folder = HostFolder.Create(project, signal.GetClientHandleAsString());
        var start = new ProcessStartInfo(DotnetHost.Path) { UseShellExecute = false };
        foreach (var argument in (string[])[folder.Program, .. Environment.GetCommandLineArgs().Skip(1)])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = DotnetHost.Start(start);
        signal.DisposeLocalCopyOfClientHandle();
        using (cancellationToken.Register(() => AskToStop(signal)))
        {
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return folder.IsStarted ? process.ExitCode : throw new ToolException(
            $"{project.Name} could not be started with its dependencies (exit code {process.ExitCode}); install the framework that is named above, or build the project again.", ExitCode.BadProject);
    }

    private static void AskToStop(AnonymousPipeServerStream signal)
    {
        try
        {
            signal.WriteByte(Stop);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
        }
    }
}
