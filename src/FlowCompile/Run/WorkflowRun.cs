using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// One run of a workflow under one configuration: what generated dispatch code calls. It hands out calls of nodes, keeps their tasks and
/// the trace, and ends them all when one fails. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WorkflowRun
{
    private readonly WorkflowGraph _graph;
    private readonly RunOptions _options;
    private readonly RunBinding _binding;
    private readonly WorkflowRuntime _runtime;
    private readonly List<CallRecord> _calls;
    private readonly object?[] _tasks; // for each node its task, or the array of its replicas
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _caller;
    private readonly long _start;
    private readonly Activity? _activity;
    private Task _last = Task.CompletedTask;
    private Exception? _failure;

    private WorkflowRun(
        WorkflowGraph graph, WorkflowConfiguration configuration, ModelCatalog models, WorkflowRuntime runtime, RunOptions? options, CancellationToken cancellationToken)
    {
        _runtime = runtime;
        _start = runtime.TimeProvider.GetTimestamp();
        _graph = graph;
        Configuration = configuration;
        _options = options ?? RunOptions.Default;
        _binding = RunBinding.Get(graph, configuration, models);
        _calls = new List<CallRecord>(graph.Nodes.Count);
        _tasks = new object?[graph.Nodes.Count];
        _caller = cancellationToken;
        _stop = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken) : new CancellationTokenSource();
        CancellationToken = _stop.Token;
        _activity = RunTelemetry.StartRun(graph.Name, configuration.Id);
    }

    /// <summary>The configuration it runs under.</summary>
    public WorkflowConfiguration Configuration { get; }

    /// <summary>Canceled by the caller, or when the run ends.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What a node waits for before its own inputs: in a sequential run the node before it, otherwise nothing.</summary>
    public Task Turn => _last;

    /// <summary>Whether an observer wants to know inputs and outputs.</summary>
    public bool IsObserved => _options.Observer is not null;

    /// <summary>The run that goes on under another configuration, where ending it gave no result.</summary>
    public WorkflowRun Next { get; private set; } = null!;

    internal TimeProvider Time => _runtime.TimeProvider;

    internal INodeObserver? Observer => _options.Observer;

    /// <summary>Starts a run under one configuration.</summary>
    /// <param name="graph">The workflow's graph.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="models">The models.</param>
    /// <param name="runtime">What runs share.</param>
    /// <param name="options">How to run; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public static WorkflowRun Start(
        WorkflowGraph graph, WorkflowConfiguration configuration, ModelCatalog models, WorkflowRuntime runtime, RunOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(runtime);
        return new WorkflowRun(graph, configuration, models, runtime, options, cancellationToken);
    }

    /// <summary>Whether a node is to be started now: the structure runs it, and it was not started before.</summary>
    /// <param name="node">The node's index.</param>
    public bool Starts(int node) => _binding.Counts[node] > 0 && _tasks[node] is null;

    /// <summary>Starts a run by preference.</summary>
    /// <param name="graph">The workflow's graph.</param>
    /// <param name="configuration">The configuration that the preference chose.</param>
    /// <param name="plan">The plan it was chosen from; <see langword="null"/> where there is none.</param>
    /// <param name="preference">The preference.</param>
    /// <param name="models">The models.</param>
    /// <param name="runtime">What runs share.</param>
    /// <param name="options">How to run; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    [SuppressMessage("Style", "IDE0060", Justification = "Generated code says what the configuration was chosen by.")]
    public static WorkflowRun Start(
        WorkflowGraph graph,
        WorkflowConfiguration configuration,
        WorkflowPlan? plan,
        Preference preference,
        ModelCatalog models,
        WorkflowRuntime runtime,
        RunOptions? options,
        CancellationToken cancellationToken) => Start(graph, configuration, models, runtime, options, cancellationToken);

    /// <summary>Whether the structure runs a node.</summary>
    /// <param name="node">The node's index.</param>
    public bool Runs(int node) => _binding.Counts[node] > 0;

    /// <summary>The calls that the structure allows a node: its replicas, or the most attempts of a repairer.</summary>
    /// <param name="node">The node's index.</param>
    public int Count(int node) => _binding.Counts[node];

    /// <summary>Keeps the task of a node that was started.</summary>
    /// <typeparam name="T">The type of its output.</typeparam>
    /// <param name="node">The node's index.</param>
    /// <param name="task">The task.</param>
    /// <returns>The task.</returns>
    public Task<T> Add<T>(int node, Task<T> task)
    {
        _tasks[node] = task;
        if (_options.Sequential)
        {
            _last = task;
        }

        return task;
    }

    /// <summary>Keeps the task of a replica that was started.</summary>
    /// <typeparam name="T">The type of its output.</typeparam>
    /// <param name="task">The task.</param>
    /// <returns>The task.</returns>
    public Task<T> AddReplica<T>(Task<T> task)
    {
        if (_options.Sequential)
        {
            _last = task;
        }

        return task;
    }

    /// <summary>The task of a node that was started before; <see langword="null"/> where the structure leaves it out.</summary>
    /// <typeparam name="T">The type of its output.</typeparam>
    /// <param name="node">The node's index.</param>
    public Task<T>? Started<T>(int node) => (Task<T>?)_tasks[node];

    /// <summary>The tasks of a node's replicas, as many as the structure runs; those not started yet are <see langword="null"/>.</summary>
    /// <typeparam name="T">The type of their output.</typeparam>
    /// <param name="node">The node's index.</param>
    public Task<T>[] Replicas<T>(int node)
    {
        if (_binding.Counts[node] == 0)
        {
            return [];
        }

        var replicas = new Task<T>[_binding.Counts[node]];
        _tasks[node] = replicas;
        return replicas;
    }

    /// <summary>An input of the workflow that stands for the output of a node that is left out.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The input.</param>
    [SuppressMessage("Performance", "CA1822", Justification = "Generated code asks the run for every task.")]
    public Task<T> Input<T>(T value) => Task.FromResult(value);

    /// <summary>The output of a selector whose branches left it fewer candidates than it runs with.</summary>
    /// <typeparam name="T">The type of one candidate.</typeparam>
    /// <param name="node">The selector's index.</param>
    /// <param name="candidates">The candidates that are there.</param>
    /// <returns>The only candidate; nothing where there is none.</returns>
    /// <exception cref="WorkflowException">There are several, but fewer than the selector's minimum.</exception>
    public NodeOutput<T> WithoutCall<T>(int node, T[] candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return candidates.Length switch
        {
            0 => default,
            1 => new NodeOutput<T>(candidates[0]),
            _ => throw new WorkflowException(
                $"Workflow '{_graph.Name}': '{_binding.Nodes[node].Name}' has {candidates.Length} candidates in the branches taken and needs {_graph.Nodes[node].Candidates!.MinBranches}."),
        };
    }

    /// <summary>Begins the call of a node's method, its inputs being there.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="replica">Which replica, from 0.</param>
    /// <param name="attempt">Which repair attempt, from 0.</param>
    public NodeCall Begin(int node, int replica = 0, int attempt = 0)
    {
        CancellationToken.ThrowIfCancellationRequested();
        var bound = _binding.Nodes[node];
        if (bound.Setting is null)
        {
            return new NodeCall(this, node, replica, attempt, agent: null, RunTelemetry.StartNode(_activity, bound, replica, attempt));
        }

        var call = new SubAgentCall
        {
            Replica = replica,
            Attempt = attempt,
            Seed = _options.Seed is { } seed ? RunSeeds.Derive(seed, bound.SeedName, replica, attempt) : null,
            Temperature = bound.Temperature,
            RecordTexts = _options.RecordTexts,
        };
        return new NodeCall(
            this, node, replica, attempt, new SubAgentContext(this, bound, call), RunTelemetry.StartNode(_activity, bound, replica, attempt));
    }

    /// <summary>Ends the run: waits for its output and for everything it started.</summary>
    /// <typeparam name="T">The type of the output.</typeparam>
    /// <param name="output">The task of the output.</param>
    /// <returns>The result; <see langword="null"/> where the run goes on under another configuration (<see cref="Next"/>).</returns>
    /// <exception cref="WorkflowException">A node failed.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled the run.</exception>
    public async ValueTask<WorkflowResult<T>?> CompleteAsync<T>(Task<T>? output)
    {
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            var value = await output.ConfigureAwait(false);
            var elapsed = Time.GetElapsedTime(_start);
            if (Unfinished() is { } rest)
            {
                await StopAsync(rest).ConfigureAwait(false);
            }

            RunTelemetry.EndRun(_activity, _graph.Name, elapsed, error: null);
            return new WorkflowResult<T>(value, Configuration, _calls, elapsed);
        }
        catch (Exception e)
        {
            await StopAsync(Unfinished()).ConfigureAwait(false);
            var error = _caller.IsCancellationRequested ? new OperationCanceledException(_caller) : _failure ?? e;
            RunTelemetry.EndRun(_activity, _graph.Name, Time.GetElapsedTime(_start), error);
            if (error != e)
            {
                throw error;
            }

            throw;
        }
        finally
        {
            _stop.Dispose();
        }
    }

    /// <summary>Ends the run of a workflow with branches.</summary>
    /// <typeparam name="T">The type of the output.</typeparam>
    /// <param name="output">The task of the output.</param>
    /// <returns>The result; <see langword="null"/> where the run goes on under another configuration (<see cref="Next"/>).</returns>
    /// <exception cref="WorkflowException">A node failed, or no branch that was taken leads to the output.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled the run.</exception>
    public async ValueTask<WorkflowResult<T>?> CompleteAsync<T>(Task<NodeOutput<T>>? output) =>
        await CompleteAsync<NodeOutput<T>>(output).ConfigureAwait(false) is not { } result ? null
            : result.Output.HasValue ? new WorkflowResult<T>(result.Output.Value, result.Configuration, result.Calls, result.Elapsed)
            : throw new WorkflowException(
                $"Workflow '{_graph.Name}': no branch that was taken leads to the output '{_graph.Nodes[_graph.Output].Name}'; let its candidate list name a node of every branch.");

    /// <summary>A node threw: the first failure is the run's, and stops everything else.</summary>
    internal async ValueTask<Exception> FailAsync(int node, Exception exception)
    {
        if (CancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException(CancellationToken);
        }

        var bound = _binding.Nodes[node];
        var where = bound.Setting is { } setting ? $"'{bound.Name}' under {setting}" : $"'{bound.Name}'";
        var failure = new WorkflowException($"Workflow '{_graph.Name}': {where} failed: {exception.Message}", exception);
        Interlocked.CompareExchange(ref _failure, failure, null);
        await _stop.CancelAsync().ConfigureAwait(false);
        return failure;
    }

    internal void Record(CallRecord call)
    {
        lock (_calls)
        {
            _calls.Add(call);
        }
    }

    private List<Task>? Unfinished()
    {
        List<Task>? rest = null;
        foreach (var started in _tasks)
        {
            if (started is Task task)
            {
                Keep(task);
            }
            else if (started is Task[] replicas)
            {
                Array.ForEach(replicas, Keep);
            }
        }

        return rest;

        void Keep(Task task)
        {
            if (!task.IsCompletedSuccessfully)
            {
                (rest ??= []).Add(task);
            }
        }
    }

    private async Task StopAsync(List<Task>? rest)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (rest is not null)
        {
            // What they throw is either the failure already known or their cancellation.
            await Task.WhenAll(rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
