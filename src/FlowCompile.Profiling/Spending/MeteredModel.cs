using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>A model whose calls are counted, and held to the limits of the run: the one way by which anything of a profile reaches a model.</summary>
/// <param name="model">The model.</param>
/// <param name="name">Its name.</param>
/// <param name="context">The profile.</param>
internal sealed class MeteredModel(IChatClient model, string name, ProfileContext context) : DelegatingChatClient(model)
{
    private readonly int? _contextLength = (model.GetService(typeof(ModelDescription)) as ModelDescription)?.ContextLength;

    /// <summary>The models of a catalog, metered. The catalog goes on owning them.</summary>
    /// <param name="models">The catalog.</param>
    /// <param name="context">The profile.</param>
    public static ModelCatalog Of(ModelCatalog models, ProfileContext context) =>
        models.Names.Aggregate(new ModelCatalog(), (catalog, name) => catalog.Add(name, new MeteredModel(models[name], name, context), leaveOpen: true));

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> sent = [.. messages];
        using var call = await MeteredCall.BeginAsync(context, name, RequestBound.Of(sent, options, _contextLength), isStreamed: false, cancellationToken).ConfigureAwait(false);
        using var use = call.Use();
        try
        {
            var response = await ClientGuard.EndAsync(ClientGuard.Ask(InnerClient, name, sent, options, call.Token), call.Token).ConfigureAwait(false);
            if (ClientGuard.Problem(name, response) is { } problem)
            {
                throw problem;
            }

            call.Complete(response);
            return response;
        }
        catch (Exception e) when (call.Fail(e) is var error && !ReferenceEquals(error, e))
        {
            throw error;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> sent = [.. messages];
        List<ChatResponseUpdate> updates = [];
        using var call = await MeteredCall.BeginAsync(context, name, RequestBound.Of(sent, options, _contextLength), isStreamed: true, cancellationToken).ConfigureAwait(false);
        var stream = ClientGuard.AskStreaming(InnerClient, name, sent, options, call.Token);
        await using (stream.ConfigureAwait(false))
        {
            while (await NextAsync(stream, call).ConfigureAwait(false))
            {
                if (ClientGuard.Problem(name, stream.Current) is { } problem)
                {
                    throw problem;
                }

                updates.Add(stream.Current);
                yield return stream.Current;
            }
        }

        call.Complete(updates.ToChatResponse());
    }

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        var service = base.GetService(serviceType, serviceKey);
        return serviceType == typeof(IBudgetSweep) && service is IBudgetSweep sweep ? new Sweep(sweep, this)
            : serviceType == typeof(IBatchDecoding) && service is IBatchDecoding decoding ? new Batches(decoding, this)
            : service;
    }

    private string Name => name;

    private ProfileContext Context => context;

    // The meter is that of the code which reads, and has to be set each time it does.
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> stream, MeteredCall call)
    {
        using var use = call.Use();
        try
        {
            return await stream.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (call.Fail(e) is var error && !ReferenceEquals(error, e))
        {
            throw error;
        }
    }

    private sealed class Sweep(IBudgetSweep sweep, MeteredModel model) : IBudgetSweep
    {
        public async Task<IReadOnlyList<ChatResponse>> GetResponsesAsync(
            IEnumerable<ChatMessage> messages, IReadOnlyList<int> budgets, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            List<ChatMessage> sent = [.. messages];
            var bound = RequestBound.Of(sent, budgets, options, model._contextLength);
            using var call = await MeteredCall.BeginAsync(model.Context, model.Name, bound, isStreamed: false, cancellationToken).ConfigureAwait(false);
            using var use = call.Use();
            try
            {
                var responses = await sweep.GetResponsesAsync(sent, budgets, options, call.Token).ConfigureAwait(false);
                call.Complete(responses);
                return responses;
            }
            catch (Exception e) when (call.Fail(e) is var error && !ReferenceEquals(error, e))
            {
                throw error;
            }
        }
    }

    private sealed class Batches(IBatchDecoding decoding, MeteredModel model) : IBatchDecoding
    {
        public IChatClient OpenBatch(int size, TaskScheduler scheduler) => new MeteredModel(decoding.OpenBatch(size, scheduler), model.Name, model.Context);
    }
}
