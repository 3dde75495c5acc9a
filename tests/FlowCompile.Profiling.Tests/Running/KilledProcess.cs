using System.Diagnostics;
using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Running;

/// <summary>A process of <see cref="KilledRuns"/>.</summary>
internal sealed class KilledProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private KilledProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Starts it, and waits until it is just about to begin.</summary>
    /// <param name="args">What it is to do.</param>
    public static async Task<KilledProcess> StartAsync(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(KilledRuns).Assembly.Location, "killed", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var started = new KilledProcess(Process.Start(start)!);
        Assert.True(await started._process.StandardOutput.ReadLineAsync() == "ready", $"{string.Join(' ', args)}: {(started._process.HasExited ? await started._errors : "")}");
        return started;
    }

    /// <summary>Waits until something is seen, or it ends by itself.</summary>
    /// <param name="seen">Whether it is seen.</param>
    public async Task UntilAsync(Func<bool> seen)
    {
        while (!seen() && !_process.HasExited)
        {
            await Task.Delay(2);
        }
    }

    /// <summary>Kills it after a time, unless it ends by itself before.</summary>
    /// <param name="time">The time.</param>
    /// <returns>Whether it was killed.</returns>
    public async Task<bool> KillAfterAsync(TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            return true;
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> ResultAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == 0, await _errors);
        return output.Trim();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
