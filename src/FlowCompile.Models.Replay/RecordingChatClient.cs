using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Replay;

/// <summary>Passes calls on to a model, and writes each that succeeds as a line of JSON, for <see cref="ReplayChatClient"/> to replay. Prompts and answers are written as they are.</summary>
public sealed class RecordingChatClient : DelegatingChatClient
{
    private readonly string _model;
    private readonly TextWriter _file;
    private readonly object _lock = new();

    /// <summary>Creates a client that records.</summary>
    /// <param name="model">The model's client; disposed with this one.</param>
    /// <param name="name">The model's name in the file.</param>
    /// <param name="file">Gets the lines. Several clients may share one that is synchronized (<see cref="TextWriter.Synchronized"/>). It is flushed after each line, and not disposed.</param>
    public RecordingChatClient(IChatClient model, string name, TextWriter file)
        : base(model)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(file);
        (_model, _file) = (name, file);
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> sent = [.. messages];
        var response = await base.GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
        Write(sent, options, response);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> sent = [.. messages];
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in base.GetStreamingResponseAsync(sent, options, cancellationToken).ConfigureAwait(false))
        {
            updates.Add(update);
            yield return update;
        }

        Write(sent, options, updates.ToChatResponse());
    }

    private void Write(List<ChatMessage> messages, ChatOptions? options, ChatResponse response)
    {
        var thinking = string.Concat(response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
        var line = JsonSerializer.Serialize(
            CallLine.Of(new RecordedCall
            {
                Model = _model,
                Setting = _model,
                Prompt = RecordedPrompt.Of(messages),
                Budget = options?.GetReasoningBudget(),
                Seed = options?.Seed,
                Answer = response.Text,
                Thinking = thinking.Length > 0 ? thinking : null,
                InputTokens = response.Usage?.InputTokenCount,
                CachedInputTokens = response.Usage?.CachedInputTokenCount,
                OutputTokens = response.Usage?.OutputTokenCount,
                ThinkingTokens = response.Usage?.ReasoningTokenCount,
                Timings = response.GetTimings(),
            }),
            CallLineJson.Default.CallLine);
        lock (_lock)
        {
            _file.Write(line + "\n");
            _file.Flush();
        }
    }
}
