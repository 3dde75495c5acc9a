using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// A run whose output is read while the model writes it. The run starts when the stream is read; it is read once, by <c>await foreach</c>, and has
/// its <see cref="Result"/> when it was read to its end. Leaving it before cancels the run, and waits for its calls to end.
/// </summary>
/// <remarks>
/// <para>The updates are what the models of the output's sub-agent write, as they write it. <see cref="WorkflowResult{T}.Output"/> is what the
/// sub-agent's method makes of that.</para>
/// <para>An output that no model writes as such (a tool's, a repaired one, or that of a selector which the branches taken left with one candidate)
/// is one update at the end, where it is text.</para>
/// <para>Until the first update the run meets failures as any other; after it a failure of the output's sub-agent ends the run.</para>
/// </remarks>
/// <typeparam name="T">The type of the output.</typeparam>
[SuppressMessage("Naming", "CA1711", Justification = "It is a stream of updates, and no System.IO.Stream.")]
public sealed class WorkflowStream<T> : IAsyncEnumerable<ChatResponseUpdate>
{
    private readonly Func<RunOptions, CancellationToken, Task<WorkflowResult<T>>> _run;
    private readonly RunOptions _options;
    private readonly CancellationToken _caller;
    private WorkflowResult<T>? _result;
    private int _reads;

    /// <summary>Creates a stream. For generated code.</summary>
    /// <param name="run">Runs the workflow.</param>
    /// <param name="options">How to run; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public WorkflowStream(Func<RunOptions, CancellationToken, Task<WorkflowResult<T>>> run, RunOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _options = options ?? RunOptions.Default;
        _caller = cancellationToken;
    }

    /// <summary>The output, and how it came about.</summary>
    /// <exception cref="InvalidOperationException">The stream was not read to its end.</exception>
    public WorkflowResult<T> Result => _result ?? throw new InvalidOperationException("The run has no result yet: read its stream to the end.");

    /// <summary>Starts the run, and reads the output's updates.</summary>
    /// <param name="cancellationToken">Cancels the run, beside the token that the stream was made with.</param>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    /// <exception cref="WorkflowException">A node failed.</exception>
    /// <exception cref="InfeasiblePreferenceException">No configuration keeps the preference's limits.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public async IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _reads, 1) != 0)
        {
            throw new InvalidOperationException("The stream was read before; start another run to read it again.");
        }

        using var left = CancellationTokenSource.CreateLinkedTokenSource(_caller, cancellationToken);
        var updates = new RunUpdates();
        var run = RunAsync(updates, left.Token);
        try
        {
            while (await updates.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (updates.Reader.TryRead(out var update))
                {
                    yield return update;
                }
            }

            var result = await ResultAsync(run, cancellationToken).ConfigureAwait(false);
            if (!updates.HasAny && result.Output is string text)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, text);
            }

            _result = result;
        }
        finally
        {
            await left.CancelAsync().ConfigureAwait(false);
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<WorkflowResult<T>> RunAsync(RunUpdates updates, CancellationToken cancellationToken)
    {
        try
        {
            return await _run(_options.With(updates), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            updates.Complete();
        }
    }

    // The run knows only the token that was linked: the exception names the caller's.
    private async Task<WorkflowResult<T>> ResultAsync(Task<WorkflowResult<T>> run, CancellationToken reader)
    {
        try
        {
            return await run.ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (_caller.IsCancellationRequested || reader.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, _caller.IsCancellationRequested ? _caller : reader);
        }
    }
}
