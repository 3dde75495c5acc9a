using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace FlowCompile.Models.Onnx;

/// <summary>A model as a chat client whose calls, as far as they are under way at once, are decoded in batches.</summary>
/// <param name="owner">The client of the model alone, which says what the model is.</param>
/// <param name="model">The model.</param>
/// <param name="calls">Reads calls.</param>
/// <param name="queue">Decodes.</param>
internal sealed class OnnxBatchClient(OnnxChatClient owner, OnnxModel model, CallReader calls, BatchQueue queue) : IChatClient, IBudgetSweep
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var text = calls.Begin(messages, calls.ReadSettings(options), calls.Time.GetTimestamp());
        await CompleteAsync(text, null, cancellationToken).ConfigureAwait(false);
        return Write(text);
    }

    /// <remarks>The updates come when the whole text is there.</remarks>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public async Task<IReadOnlyList<ChatResponse>> GetResponsesAsync(
        IEnumerable<ChatMessage> messages, IReadOnlyList<int> budgets, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var wanted = CallReader.CheckBudgets(budgets);
        if (wanted.Length == 0)
        {
            return [];
        }

        var sweep = new BatchedSweep(wanted, (text, chosen) => CompleteAsync(text, chosen, cancellationToken), Write);
        List<ChatMessage> prompt = [.. messages];
        var settings = calls.ReadSettings(options);
        return await sweep.RunAsync(budget => calls.Begin(prompt, settings with { Budget = budget }, calls.Time.GetTimestamp())).ConfigureAwait(false);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ModelDescription) || serviceType == typeof(ChatClientMetadata) ? owner.GetService(serviceType, serviceKey)
            : null;
    }

    public void Dispose()
    {
    }

    private async Task CompleteAsync(Generation text, Action<Generation>? chosen, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await queue.CompleteAsync(text, chosen, cancellationToken).ConfigureAwait(false);
        }
        catch (OnnxRuntimeException error)
        {
            throw calls.Failed(error);
        }
    }

    private ChatResponse Write(Generation text)
    {
        var response = new ResponseWriter(model).Whole(text);
        response.SetTimings(response.GetTimings()! with { IsBatched = true });
        return response;
    }
}
