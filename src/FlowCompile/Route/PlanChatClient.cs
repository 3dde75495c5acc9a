using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
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

    /// <summary>Creates a client.</summary>
    /// <param name="graph">The graph that the plan is of.</param>
    /// <param name="plan">The plan. Each of its configurations makes one call.</param>
    /// <param name="models">The models that it names.</param>
    /// <exception cref="ArgumentException">The plan is of another graph, or it has a configuration that makes more than one call.</exception>
    public PlanChatClient(WorkflowGraph graph, WorkflowPlan plan, ModelCatalog models)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(models);
        if (plan.GraphHash != graph.Hash)
        {
            throw new ArgumentException($"The plan is of another graph than '{graph.Name}'; compile it again.", nameof(plan));
        }

        _node = graph.Output;
        foreach (var configuration in plan.Configurations)
        {
            if (configuration.Structure.Counts.Sum() != 1 || configuration.Settings[_node] is null)
            {
                throw new ArgumentException(
                    $"The configuration '{configuration.Id}' of '{plan.Workflow}' is more than one call of a model; a chat call is routed by the plan of a workflow of one sub-agent.",
                    nameof(plan));
            }
        }

        _graph = graph;
        _plan = plan;
        _models = models;
    }

    /// <summary>What each call is routed by (default: <see cref="Preference.Balanced"/>).</summary>
    public Preference Preference { get; init; }

    /// <summary>What calls share with runs: the clock, the log, and how failures are met (default: <see cref="WorkflowRuntime.Default"/>).</summary>
    public WorkflowRuntime Runtime { get; init; } = WorkflowRuntime.Default;

    /// <summary>How each call is carried out beside (default: nothing special): its deadline, the models it must not use.</summary>
    public RunOptions? Options { get; init; }

    /// <inheritdoc/>
    /// <exception cref="WorkflowException">Every configuration left failed; the message names them.</exception>
    /// <exception cref="InfeasiblePreferenceException">No configuration keeps the preference's limits.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var repeatable = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var result = await RunAsync<ChatResponse>(
            async (client, token) => await client.GetResponseAsync(repeatable, options, token).ConfigureAwait(false), static () => true, cancellationToken).ConfigureAwait(false);
        var response = result.Output!;
        (response.AdditionalProperties ??= [])[ConfigurationKey] = result.Configuration.Id;
        return response;
    }

    /// <inheritdoc/>
    /// <exception cref="WorkflowException">Every configuration left failed before its first update; the message names them.</exception>
    /// <exception cref="InfeasiblePreferenceException">No configuration keeps the preference's limits.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var repeatable = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var updates = Channel.CreateUnbounded<ChatResponseUpdate>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var hasAny = false;
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = CompleteAsync(updates.Writer, RunAsync<object>(ForwardAsync, () => !hasAny, left.Token));
        try
        {
            await foreach (var update in updates.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return update;
            }

            await run.ConfigureAwait(false);
        }
        finally
        {
            // A reader that leaves early ends the call.
            await left.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<object?> ForwardAsync(IChatClient client, CancellationToken token)
        {
            await foreach (var update in client.GetStreamingResponseAsync(repeatable, options, token).ConfigureAwait(false))
            {
                hasAny = true;
                await updates.Writer.WriteAsync(update, CancellationToken.None).ConfigureAwait(false);
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType == typeof(WorkflowPlan) ? _plan : base.GetService(serviceType, serviceKey);
    }

    /// <summary>The model that the preference chooses now, bound to its budget; whether a call of it fails is not looked after.</summary>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Cancels the choice.</param>
    protected override ValueTask<IChatClient> SelectClientAsync(RoutingContext context, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var setting = _plan.Select(Preference).Settings[_node]!.Value;
        var agent = new SubAgentContext(_graph.Nodes[_node].Name, setting, _models[setting.Model], default, static _ => { });
        return ValueTask.FromResult(agent.ChatClient);
    }

    private static async Task CompleteAsync(ChannelWriter<ChatResponseUpdate> writer, Task run)
    {
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writer.Complete();
        await run.ConfigureAwait(false);
    }

    /// <summary>What generated dispatch does for a workflow of one sub-agent.</summary>
    private async Task<WorkflowResult<T?>> RunAsync<T>(
        Func<IChatClient, CancellationToken, Task<T?>> call, Func<bool> canRepeat, CancellationToken cancellationToken)
        where T : class
    {
        var run = WorkflowRun.Start(_graph, _plan.Configurations[0], _plan, Preference, _models, Runtime, Options, cancellationToken);
        while (true)
        {
            var output = run.Starts(_node) ? run.Add(_node, CallAsync(run)) : run.Started<(T? Output, Exception? Failure)>(_node);
            if (await run.CompleteAsync(output).ConfigureAwait(false) is { } result)
            {
                return result.Output.Failure is { } failure
                    ? throw new WorkflowException($"Workflow '{_graph.Name}': the answer of {result.Configuration} broke off: {failure.Message}", failure)
                    : result.With(result.Output.Output);
            }

            run = run.Next;
        }

        async Task<(T? Output, Exception? Failure)> CallAsync(WorkflowRun current)
        {
            var begun = current.Begin(_node);
            while (true)
            {
                try
                {
                    return begun.End((await call(begun.Agent.ChatClient, begun.CancellationToken).ConfigureAwait(false), (Exception?)null));
                }
                catch (Exception exception) when (canRepeat() || begun.CancellationToken.IsCancellationRequested)
                {
                    await begun.RetryAsync(exception).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    // What was read cannot be taken back.
                    return begun.End(((T?)null, (Exception?)exception));
                }
            }
        }
    }
}
