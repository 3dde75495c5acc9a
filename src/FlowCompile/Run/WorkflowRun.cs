using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// One run of a workflow under one configuration: what generated dispatch code calls. It hands out calls of nodes and keeps their tasks.
/// Where a model fails, the run may go on under another configuration as <see cref="Next"/>. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class WorkflowRun
{
    private readonly WorkflowGraph _graph;
    private readonly ModelCatalog _models;
    private readonly RunOptions _options;
    private readonly WorkflowRuntime _runtime;
    private readonly RunBinding _binding;
    private readonly WorkflowPlan? _plan;
    private readonly Preference _preference;
    private readonly RunTrace _trace;
    private readonly object?[] _tasks; // for each node its task, or the array of its replicas
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _caller;
    private readonly WorkflowRun? _previous;
    private readonly Activity? _activity;
    private readonly long _start;
    private readonly bool _isPlain;
    private Task _last = Task.CompletedTask;
    private bool _isUnderWay; // whether anything that was started here was not done at once

    private WorkflowRun(
        WorkflowGraph graph,
        WorkflowConfiguration configuration,
        bool isByPreference,
        WorkflowPlan? plan,
        in Preference preference,
        ModelCatalog models,
        WorkflowRuntime runtime,
        RunOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(runtime);
        _runtime = runtime;
        _start = runtime.TimeProvider.GetTimestamp();
        _graph = graph;
        _models = models;
        _options = options ?? RunOptions.Default;
        _isPlain = runtime.CallTimeout is null && runtime.Hedging is null && _options is { Deadline: null, Updates: null, RecordTexts: false };
        _plan = isByPreference ? GivenPlan() ?? plan : null;
        _preference = preference;
        _trace = new RunTrace();
        if (_options.DeniesModels)
        {
            DeniedModels.Check(graph.Name, _options.DeniedModels, models, _plan?.Models ?? DeniedModels.ModelsOf(configuration));
        }

        Configuration = _plan is null ? Permitted(configuration) : ChooseFirst();
        _binding = RunBinding.Get(graph, Configuration, models);
        _trace.Expect(_binding.Calls);
        _tasks = new object?[graph.Nodes.Count];
        _caller = cancellationToken;
        _stop = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken) : new CancellationTokenSource();
        CancellationToken = _stop.Token;
        _activity = RunTelemetry.StartRun(graph.Name, Configuration.Id);
    }

    private WorkflowRun(WorkflowRun previous, WorkflowConfiguration configuration)
    {
        _previous = previous;
        _runtime = previous._runtime;
        _start = previous._start;
        _graph = previous._graph;
        _models = previous._models;
        _options = previous._options;
        _isPlain = previous._isPlain;
        _plan = previous._plan;
        _preference = previous._preference;
        _trace = previous._trace;
        _probes = previous._probes;
        Configuration = configuration;
        _binding = RunBinding.Get(_graph, configuration, _models);
        _tasks = new object?[_graph.Nodes.Count];
        _caller = previous._caller;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_caller);
        CancellationToken = _stop.Token;
        _activity = previous._activity;
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

    private TimeProvider Time => _runtime.TimeProvider;

    internal INodeObserver? Observer => _options.Observer;

    /// <summary>Starts a run under one configuration, and no other.</summary>
    /// <param name="graph">The workflow's graph.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="models">The models.</param>
    /// <param name="runtime">What runs share.</param>
    /// <param name="options">How to run; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public static WorkflowRun Start(
        WorkflowGraph graph,
        WorkflowConfiguration configuration,
        ModelCatalog models,
        WorkflowRuntime runtime,
        RunOptions? options,
        CancellationToken cancellationToken) => new(graph, configuration, isByPreference: false, plan: null, default, models, runtime, options, cancellationToken);

    /// <summary>Starts a run by preference.</summary>
    /// <param name="graph">The workflow's graph.</param>
    /// <param name="configuration">The configuration of a run without a plan.</param>
    /// <param name="plan">The plan compiled into the workflow; <see langword="null"/> where there is none.</param>
    /// <param name="preference">The preference.</param>
    /// <param name="models">The models.</param>
    /// <param name="runtime">What runs share.</param>
    /// <param name="options">How to run; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public static WorkflowRun Start(
        WorkflowGraph graph,
        WorkflowConfiguration configuration,
        WorkflowPlan? plan,
        in Preference preference,
        ModelCatalog models,
        WorkflowRuntime runtime,
        RunOptions? options,
        CancellationToken cancellationToken) => new(graph, configuration, isByPreference: true, plan, preference, models, runtime, options, cancellationToken);

    /// <summary>Whether a node is to be started now: the structure runs it, and it was not started before.</summary>
    /// <param name="node">The node's index.</param>
    public bool Starts(int node) => _binding.Counts[node] > 0 && _tasks[node] is null;

    /// <summary>Whether the structure has a node: it runs, or it hands its only candidate on.</summary>
    /// <param name="node">The node's index.</param>
    public bool Runs(int node) => _binding.IsKept[node];

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
        return AddReplica(task);
    }

    /// <summary>Keeps the task of a replica that was started.</summary>
    /// <typeparam name="T">The type of its output.</typeparam>
    /// <param name="task">The task.</param>
    /// <returns>The task.</returns>
    public Task<T> AddReplica<T>(Task<T> task)
    {
        _isUnderWay |= !task.IsCompletedSuccessfully;
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
        var count = _binding.Counts[node];
        if (count == 0)
        {
            return [];
        }

        var replicas = new Task<T>[count];
        if (_tasks[node] is Task<T>[] kept)
        {
            Array.Copy(kept, replicas, Math.Min(kept.Length, count));
        }

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
                $"Workflow '{_graph.Name}': '{NameOf(node)}' has {candidates.Length} candidates in the branches taken and needs {_graph.Nodes[node].Candidates!.MinBranches}."),
        };
    }

    /// <summary>Begins the call of a node's method, its inputs being there.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="replica">Which replica, from 0.</param>
    /// <param name="attempt">Which repair attempt, from 0.</param>
    /// <exception cref="OperationCanceledException">The run has ended, or goes on without this call.</exception>
    public NodeCall Begin(int node, int replica = 0, int attempt = 0)
    {
        TokenOf(node).ThrowIfCancellationRequested();
        if (Next is not null && !IsWanted(node, replica))
        {
            throw new OperationCanceledException("The run goes on under another configuration.");
        }

        var bound = _binding.Of(node, replica, attempt);
        if (bound.Setting is null)
        {
            return new NodeCall(this, node, replica, attempt, agent: null, RunTelemetry.StartNode(_activity, bound, replica, attempt));
        }

        if (_options.Deadline is not null && _plan is not null)
        {
            Current.KeepDeadline(node);
        }

        var agent = new SubAgentContext(this, bound, replica, attempt);
        BeginTry(agent);
        return new NodeCall(this, node, replica, attempt, agent, RunTelemetry.StartNode(_activity, bound, replica, attempt));
    }

    internal string NameOf(int node) => _binding.Nodes[node].Name;
}
