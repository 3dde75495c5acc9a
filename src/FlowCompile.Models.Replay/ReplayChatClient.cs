using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FlowCompile.Text;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Replay;

/// <summary>Recorded calls as a chat client: a call returns what was recorded for its prompt, budget and seed, and nothing is made up.</summary>
/// <remarks>
/// <para>The prompt is the text of all messages. A record with a seed is found by that seed only; of several draws without one the seed
/// chooses, the same always. A call without a record fails with <see cref="ModelCallFailure.NotRecorded"/>.</para>
/// <para>A table of outcomes has no answers: the prompt is the id or the text of a query, alone or as the last line, and the answer is the recorded score as a
/// number, for example <c>0.5</c>, which the workflow's score method reads.</para>
/// <para>Tokens and times that are not recorded are left out of usage and timings. Sampling parameters other than the seed are ignored.</para>
/// </remarks>
public sealed class ReplayChatClient : IChatClient
{
    private readonly CallIndex _calls;
    private readonly ReplayOptions _options;
    private readonly TimeProvider _time;
    private readonly ModelDescription _description;

    /// <summary>Reads the calls of a model.</summary>
    /// <param name="path">The file: see <see cref="RecordedCalls"/>.</param>
    /// <param name="options">Which model, and how it is replayed.</param>
    /// <param name="timeProvider">The clock of calls that keep the recorded pace. Default: the system's.</param>
    /// <exception cref="ReplayFileException">The file is missing or malformed, or has no calls of the model.</exception>
    public ReplayChatClient(string path, ReplayOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time) = (options, timeProvider ?? TimeProvider.System);
        _calls = CallIndex.Read(path, options.Model, options.Levels);
        using var stream = File.OpenRead(path);
        var levels = options.Levels is null ? "" : "#" + string.Join(',', options.Levels.Select(level => $"{level.Name}={level.MaxBudget}"));
        _description = new ModelDescription
        {
            Provider = ReplayModels.Provider,
            Identity = $"{Convert.ToHexString(SHA256.HashData(stream))}#{options.Model}{levels}",
            Device = "replay",
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">The call is not recorded.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        var prompt = RecordedPrompt.Of(messages);
        var call = _calls.Find(prompt, options?.GetReasoningBudget(), options?.Seed, out var problem)
            ?? throw new ModelCallException(ModelCallFailure.NotRecorded, $"Model '{OutsideText.Show(_options.Name ?? _options.Model)}' is replayed, and {problem}.");
        if (_options.KeepsPace && call.Timings is { } timings)
        {
            await Task.Delay(timings.Total, _time, cancellationToken).ConfigureAwait(false);
        }

        return Response(call);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">The call is not recorded.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ModelDescription) ? _description
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(ReplayModels.Provider, defaultModelId: _options.Model)
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static ChatResponse Response(RecordedCall call)
    {
        var message = new ChatMessage(ChatRole.Assistant, (IList<AIContent>)[]);
        if (call.Thinking is { } thinking)
        {
            message.Contents.Add(new TextReasoningContent(thinking));
        }

        message.Contents.Add(new TextContent(call.Answer));
        var response = new ChatResponse(message) { ModelId = call.Model, FinishReason = ChatFinishReason.Stop };
        if (call.InputTokens is not null || call.OutputTokens is not null)
        {
            response.Usage = new UsageDetails
            {
                InputTokenCount = call.InputTokens,
                CachedInputTokenCount = call.CachedInputTokens,
                OutputTokenCount = call.OutputTokens,
                ReasoningTokenCount = call.ThinkingTokens,
            };
        }

        if (call.Timings is { } timings)
        {
            response.SetTimings(timings);
        }

        return response;
    }
}
