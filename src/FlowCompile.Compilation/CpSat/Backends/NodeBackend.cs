using System.ComponentModel;
using System.Diagnostics;

namespace FlowCompile.Compilation.CpSat.Backends;

/// <summary>
/// CP-SAT as WebAssembly in a Node.js process, started at the first model and fed over its standard streams. The process ends with this
/// object, with its standard input, and with any error: after one, nothing it might still say can be told from the next answer.
/// </summary>
internal sealed class NodeBackend(CpSatOptions options) : ICpSatBackend
{
    private const int ErrorCharacters = 500;
    private readonly ErrorText _errors = new(ErrorCharacters);
    private Process? _process;
    private bool _disposed;

    /// <summary>The id of the running process, for tests.</summary>
    internal int? ProcessId => _process?.Id;

    /// <inheritdoc/>
    public async Task<byte[]> SolveAsync(byte[] model, byte[] parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        var process = _process ??= Start();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            await NodeFrame.WriteAsync(process.StandardInput.BaseStream, model, parameters, deadline.Token).ConfigureAwait(false);
            var (answered, bytes) = await NodeFrame.ReadAsync(process.StandardOutput.BaseStream, deadline.Token).ConfigureAwait(false);
            return answered ? bytes : throw new CpSatException($"CP-SAT refused the model: {NodeFrame.Text(bytes)}");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            End();
            throw new CpSatException(FormattableString.Invariant(
                $"CP-SAT did not answer within {timeout.TotalSeconds:0.#} s and was stopped; allow more time, or ask for less (fewer models, a larger accuracy step)."), e);
        }
        catch (InvalidDataException e)
        {
            End();
            throw new CpSatException($"Node.js wrote something that is no answer of CP-SAT ({e.Message}); see that '{options.Folder}' is as it was installed.", e);
        }
        catch (IOException e)
        {
            var reason = await EndOfAsync(process).ConfigureAwait(false);
            End();
            throw new CpSatException($"The Node.js process that runs CP-SAT ended by itself ({reason}); install Node.js 18 or later, and see that '{options.Folder}' is as it was installed.", e);
        }
        catch
        {
            End();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        End();
        return ValueTask.CompletedTask;
    }

    private Process Start()
    {
        var driver = Path.Combine(options.Folder, "solve.mjs");
        var package = Path.Combine(options.Folder, "or-tools-wasm");
        if (!File.Exists(driver) || !Directory.Exists(package))
        {
            throw new CpSatException(
                $"Deployment limits need OR-Tools CP-SAT, which is not in '{options.Folder}': install OR-Tools, or install Node.js 18 or later with npm and build again.")
            { IsNotInstalled = true };
        }

        _errors.Clear();
        var start = new ProcessStartInfo(options.Node)
        {
            ArgumentList = { driver, package },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, line) => _errors.Add(line.Data);
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new CpSatException(
                $"Deployment limits need OR-Tools CP-SAT, and '{options.Node}' could not be started to run it: install Node.js 18 or later and see that it is on the PATH, or install OR-Tools.", e)
            {
                IsNotInstalled = true,
            };
        }
    }

    private async Task<string> EndOfAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return FormattableString.Invariant($"exit code {process.ExitCode}{_errors}");
        }
        catch (OperationCanceledException)
        {
            return $"it closed its output{_errors}";
        }
    }

    private void End()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already.
        }

        process.Dispose();
    }
}
