using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace FlowCompile;

/// <summary>One call of a node's method within a run. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares it.")]
public readonly struct NodeCall
{
    private readonly WorkflowRun _run;
    private readonly SubAgentContext? _agent;
    private readonly Activity? _activity;
    private readonly int _node;
    private readonly int _replica;
    private readonly int _attempt;

    internal NodeCall(WorkflowRun run, int node, int replica, int attempt, SubAgentContext? agent, Activity? activity)
    {
        _run = run;
        _node = node;
        _replica = replica;
        _attempt = attempt;
        _agent = agent;
        _activity = activity;
    }

    /// <summary>The context of a sub-agent.</summary>
    public SubAgentContext Agent => _agent!;

    /// <summary>Cancels the call: the caller's token, the end of the run, or that nobody waits for the call any more.</summary>
    public CancellationToken CancellationToken => _run.TokenOf(_node);

    /// <summary>Whether a test of a repair loop passed.</summary>
    /// <param name="result">What it returned.</param>
    public static bool Passed(bool result) => result;

    /// <summary>Whether a test of a repair loop passed.</summary>
    /// <typeparam name="T">The type of its result.</typeparam>
    /// <param name="result">What it returned.</param>
    public static bool Passed<T>(T result)
        where T : ITestResult => result.Passed;

    /// <summary>Tells the run's observer.</summary>
    /// <param name="output">The node's output.</param>
    /// <param name="inputs">Its inputs.</param>
    public void Observe(object? output, object?[] inputs) => _run.Observer!.OnOutput(_node, _replica, _attempt, inputs, output);

    /// <summary>The call returned.</summary>
    /// <typeparam name="T">The type of the output.</typeparam>
    /// <param name="output">What it returned.</param>
    /// <returns>The output.</returns>
    public T End<T>(T output)
    {
        if (_agent is not null)
        {
            _run.Compare(_agent);
        }

        _activity?.Dispose();
        return output;
    }

    /// <summary>The call of a sub-agent threw: returns where it is to be tried again, otherwise throws the run's failure.</summary>
    /// <param name="exception">What it threw.</param>
    /// <exception cref="WorkflowException">It is not tried again.</exception>
    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    public async ValueTask RetryAsync(Exception exception)
    {
        if (!await RetriesAsync(exception).ConfigureAwait(false))
        {
            throw Fail(exception);
        }

        _run.BeginTry(Agent);
        Agent.Tries++;
        Agent.ModelFailed = false;
    }

    /// <summary>The call of a node threw, and is not tried again.</summary>
    /// <param name="exception">What it threw.</param>
    /// <returns>The run's failure, to throw.</returns>
    public ValueTask<Exception> FailAsync(Exception exception) => ValueTask.FromResult(Fail(exception));

    private async ValueTask<bool> RetriesAsync(Exception exception)
    {
        try
        {
            return await _run.RetriesAsync(FailureOf(exception), _node, Agent).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            RunTelemetry.End(_activity, e); // the run ended while the call waited
            throw;
        }
    }

    private Exception Fail(Exception exception)
    {
        RunTelemetry.End(_activity, exception);
        return _run.Fail(FailureOf(exception), _node);
    }

    private CallFailure FailureOf(Exception exception) => new()
    {
        Node = _run.NameOf(_node),
        Replica = _replica,
        Attempt = _attempt,
        Setting = _agent?.Setting,
        Try = _agent?.Tries ?? 0,
        IsModelFailure = _agent?.ModelFailed ?? false,
        Configuration = _run.Configuration.Id,
        Exception = exception,
    };
}
