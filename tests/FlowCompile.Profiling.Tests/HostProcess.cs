using System.Diagnostics;
using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests;

/// <summary>A process of its own that profiles <see cref="DoublingWorkflow"/> into a store.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _calls;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public HostProcess(string store, string cases, int delay, int concurrency, string calls, int batch = 1, int settled = 0)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { typeof(DoublingWorkflow).Assembly.Location, store, cases, $"{delay}", $"{concurrency}", calls, $"{batch}", $"{settled}" })
        {
            start.ArgumentList.Add(argument);
        }

        _calls = calls;
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits until the process has begun its first call, or has ended without one.</summary>
    /// <param name="isReached">What else has to be so; asked once there are calls.</param>
    public async Task CallingAsync(Func<bool>? isReached = null)
    {
        while (!_process.HasExited && !(File.Exists(_calls) && new FileInfo(_calls).Length > 0 && (isReached?.Invoke() ?? true)))
        {
            await Task.Delay(5);
        }
    }

    /// <summary>Kills the process unless it ends by itself before.</summary>
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

    /// <summary>Waits for the end.</summary>
    /// <returns>The hash of the outcomes without times.</returns>
    public async Task<string> ResultAsync()
    {
        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == 0, await _errors);
        return (await _output).Trim();
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
