using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FlowCompile.Graph;
using FlowCompile.Plans;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// A chat client that routes each call by a compiled plan: the model and the reasoning budget are those that a preference chooses. For programs
/// without a graph, whose plan is that of a workflow of one sub-agent. Calls meet failures as runs do: they are tried again, and then go to the best
/// configuration without the failing model; an answer that is streamed does so until its first update.
/// </summary>
/// <remarks>
/// It derives from <see cref="RoutingChatClient"/>, which is for evaluation in Microsoft.Extensions.AI and may change; suppress <c>MEAI001</c> to use it.
/// It disposes nothing: the models belong to their catalog.
/// </remarks>
[Experimental("MEAI001")]
public sealed class PlanChatClient : RoutingChatClient
{
    /// <summary>The key under which <see cref="ChatResponse.AdditionalProperties"/> has the id of the configuration that gave the answer.</summary>
    public const string ConfigurationKey = "flowcompile.configuration";

    private readonly WorkflowGraph _graph;
    private readonly WorkflowPlan _plan;
    private readonly ModelCatalog _models;
    private readonly int _node;
    private volatile TakenPlan? _taken;

    /// <summary>Creates a client.</summary>
    /// <param name="graph">The graph that the plan is of.</param>
    /// <param name="plan">
    /// The plan. Each of its configurations makes one call. One of <see cref="WorkflowRuntime.Plans"/> takes its place where that is so of it too;
    /// otherwise that is logged as an error, and the plan before it stays.
    /// </param>
    /// <param name="models">The models that it names.</param>
    /// <exception cref="ArgumentException">The plan is of another graph, or it has a configuration that makes more than one call.</exception>
    public PlanChatClient(WorkflowGraph graph, WorkflowPlan plan, ModelCatalog models)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(models);
        _graph = graph;
        _node = graph.Output;
        _models = models;
        _plan = ProblemOf(plan) is { } problem ? throw new ArgumentException($"The plan does not fit: {problem}.", nameof(plan)) : plan;
    }

    /// <summary>What each call is routed by (default: <see cref="Preference.Balanced"/>).</summary>
    public Preference Preference { get; init; }

    /// <summary>What calls share with runs: the clock, the log, and how failures are met (default: <see cref="WorkflowRuntime.Default"/>).</summary>
    public WorkflowRuntime Runtime { get; init; } = WorkflowRuntime.Default;

    /// <summary>How each call is carried out beside (default: nothing special): its deadline, the models it must not use, a plan of its own.</summary>
    public RunOptions? Options { get; init; }

    /// <inheritdoc/>
    /// <exception cref="WorkflowException">Every configuration left failed; the message names them.</exception>
    /// <exception cref="InfeasiblePreferenceException">No configuration keeps the preference's limits.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var repeatable = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var plan = PlanInForce();
        var result = await RunAsync(
            plan, (_, client, token) => client.GetResponseAsync(repeatable, options, token), OptionsOf(plan), repeatable, cancellationToken).ConfigureAwait(false);
        var response = result.Output;
        (response.AdditionalProperties ??= [])[ConfigurationKey] = result.Configuration.Id;
        return response;
    }

    /// <inheritdoc/>
    /// <exception cref="WorkflowException">Every configuration left failed, or one did after its first update with content; the message says so.</exception>
    /// <exception cref="InfeasiblePreferenceException">No configuration keeps the preference's limits.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var repeatable = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var plan = PlanInForce();
        var configuration = "";
        var stream = new WorkflowStream<object?>(
            (streamed, token) => RunAsync(plan, ReadAsync, streamed, repeatable, token), OptionsOf(plan), cancellationToken);
        await foreach (var update in stream.ConfigureAwait(false))
        {
            (update.AdditionalProperties ??= [])[ConfigurationKey] = configuration;
            yield return update;
        }

        // Its updates are handed on as it is read.
        async Task<object?> ReadAsync(WorkflowRun run, IChatClient client, CancellationToken token)
        {
            configuration = run.Configuration.Id;
            await foreach (var _ in client.GetStreamingResponseAsync(repeatable, options, token).ConfigureAwait(false))
            {
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType == typeof(WorkflowPlan) ? PlanInForce() : base.GetService(serviceType, serviceKey);
    }

    /// <summary>The model that the preference chooses now, bound to its budget; whether a call of it fails is not looked after.</summary>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Cancels the choice.</param>
    protected override ValueTask<IChatClient> SelectClientAsync(RoutingContext context, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var plan = PlanInForce();
        var chosen = Options is { DeniesModels: true, DeniedModels: var denied } ? Without(plan, denied).Select(Preference) : plan.Select(Preference);
        var setting = chosen.Settings[_node]!.Value.First;
        var agent = new SubAgentContext(_graph.Nodes[_node].Name, setting, _models[setting.Model], default, static _ => { });
        return ValueTask.FromResult(agent.ChatClient);
    }

    private ModelMask Without(WorkflowPlan plan, IReadOnlyCollection<string> denied)
    {
        DeniedModels.Check(_graph.Name, denied, _models, plan.Models);
        return plan.Mask(denied);
    }

    /// <summary>The plan in force.</summary>
    private WorkflowPlan PlanInForce()
    {
        if (Options?.Plan is { } own)
        {
            return _taken?.Found == own ? own
                : ProblemOf(own) is { } problem ? throw new WorkflowException($"Workflow '{_graph.Name}': the plan given for a chat call does not fit: {problem}.")
                : (_taken = new TakenPlan(own, own)).Found;
        }

        return Runtime.Plans is null ? _plan : (Runtime.Drift is { } drift ? drift.Follow(_graph, Find) : Find(_graph)) ?? _plan;
    }

    /// <summary>The plan that takes the place of the client's own, where there is one that fits.</summary>
    private WorkflowPlan? Find(WorkflowGraph graph)
    {
        var taken = _taken;
        if (Runtime.Plans!.Find(graph) is not { } found)
        {
            _taken = null;
            return null;
        }

        if (taken?.Found == found)
        {
            return taken.InForce;
        }

        var problem = ProblemOf(found);
        var next = new TakenPlan(found, problem is null ? found : taken?.InForce);
        if (Interlocked.CompareExchange(ref _taken, next, taken) == taken && problem is not null)
        {
            PlanLog.Refused(Runtime.Logger, _graph.Name, problem, "The plan before it");
        }

        return next.InForce;
    }

    // The run would ask for the plan itself, and have it unchecked.
    private RunOptions? OptionsOf(WorkflowPlan plan) => Runtime.Plans is null || Options?.Plan is not null ? Options : (Options ?? RunOptions.Default).With(plan);

    private string? ProblemOf(WorkflowPlan plan) =>
        plan.GraphHash != _graph.Hash ? $"it is of another graph than '{_graph.Name}'; compile it again"
        : plan.Configurations.FirstOrDefault(one => one.Structure.Counts.Sum() != 1 || one.Settings[_node] is null) is { } other
            ? $"its configuration '{other.Id}' is more than one call of a model; a chat call is routed by the plan of a workflow of one sub-agent"
        : null;

    /// <summary>What generated dispatch does for a workflow of one sub-agent.</summary>
    private async Task<WorkflowResult<T>> RunAsync<T>(
        WorkflowPlan plan,
        Func<WorkflowRun, IChatClient, CancellationToken, Task<T>> call,
        RunOptions? options,
        IReadOnlyCollection<ChatMessage> messages,
        CancellationToken cancellationToken)
    {
        var run = WorkflowRun.Start(_graph, plan.Configurations[0], plan, Preference, _models, Runtime, options, cancellationToken);
        while (true)
        {
            var output = run.Starts(_node) ? run.Add(_node, CallAsync(run)) : run.Started<T>(_node);
            if (await run.CompleteAsync(output).ConfigureAwait(false) is { } result)
            {
                return result;
            }

            run = run.Next;
        }

        async Task<T> CallAsync(WorkflowRun current)
        {
            var begun = current.Begin(_node);
            while (true)
            {
                try
                {
                    var answer = await call(current, begun.Agent.ChatClient, begun.CancellationToken).ConfigureAwait(false);
                    if (current.IsObserved)
                    {
                        begun.Observe(answer, [messages]);
                    }

                    return begun.End(answer);
                }
                catch (Exception exception)
                {
                    await begun.RetryAsync(exception).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>A plan that was found beside the client's own, and what is in force since: it, or where it does not fit the one before.</summary>
    private sealed record TakenPlan(WorkflowPlan Found, WorkflowPlan? InForce);
}
