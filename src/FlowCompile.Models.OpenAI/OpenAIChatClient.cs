using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowCompile.Models.OpenAI;

/// <summary>A model of an OpenAI-compatible server as a chat client.</summary>
/// <remarks>
/// <para>Calls are streamed, for the times of tokens. The budget of <see cref="ReasoningBudget"/> is sent by the means that the options declare;
/// where the model thinks beyond it, a warning is logged, once.</para>
/// <para>A call that fails for a reason that may pass (no connection, timeout, 408, 429, 5xx but 501, an answer that breaks off, is no JSON or is
/// empty) is tried again, after a growing and jittered wait or the server's Retry-After, which the model's other calls
/// keep as well; then it fails with a <see cref="ModelCallException"/>. A streamed answer of which a piece was handed on is not tried again. Timings are those of the try that
/// succeeded; neither waits before it nor the wait for a place at the endpoint count.</para>
/// <para>Of <see cref="ChatOptions"/>, sampling parameters, <c>Seed</c> (as 31 bits), <c>MaxOutputTokens</c>, <c>StopSequences</c>,
/// <c>ResponseFormat</c> and <c>Instructions</c> count. Tools and contents other than text are refused.</para>
/// <para>Thinking is told from the answer in whatever form the server sends both. A stream is held back to its end until an answer under the same
/// budget has shown the model's form; where a later answer contradicts what was handed on, the stream fails.</para>
/// <para>Where a server does not tell the thinking tokens, they are their share of the streamed pieces.</para>
/// </remarks>
public sealed class OpenAIChatClient : IChatClient
{
    private readonly OpenAIModelOptions _model;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Failures _failures;
    private readonly ChatTransport _transport;
    private readonly CallLimit _limit;
    private readonly ChatCall _call;
    private readonly OnceFlag _saidLoading = new();
    private readonly BudgetWatch _watch;
    private int _warnedOfUsage;

    /// <summary>Creates a client. Nothing is sent before the first call.</summary>
    /// <param name="options">The model.</param>
    /// <param name="logger">Gets warnings and retries; never a key, a prompt or an answer. Default: none.</param>
    /// <param name="timeProvider">The clock of timings, time limits and waits. Default: the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message says which.</exception>
    public OpenAIChatClient(OpenAIModelOptions options, ILogger? logger = null, TimeProvider? timeProvider = null)
        : this(options, logger, timeProvider, limit: null)
    {
    }

    internal OpenAIChatClient(OpenAIModelOptions options, ILogger? logger, TimeProvider? timeProvider, CallLimit? limit)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsCheck.Check(options);
        _model = options;
        _logger = logger ?? NullLogger.Instance;
        _time = timeProvider ?? TimeProvider.System;
        _failures = new Failures(options, _time);
        var rest = new ServerRest(_time);
        _transport = new ChatTransport(options, _failures, rest);
        _limit = limit ?? new CallLimit();
        _limit.Ask(options.Concurrency);
        _call = new ChatCall(options, _transport, _limit, rest, new AnswerDialect(options, _logger), _time);
        _watch = new BudgetWatch(options, _logger);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">The call failed for good.</exception>
    /// <exception cref="NotSupportedException">The messages or options ask for something else than text.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var body = ChatRequest.Create(_model, messages, options);
        var budget = options?.GetReasoningBudget();
        var (callTime, tries) = Begin(options);
        var tally = new CallTally();
        using var metered = tally.Use();
        try
        {
            var writer = await tries.RunAsync(
                async () =>
                {
                    var writer = new AnswerWriter(_model);
                    var pieces = _call.RunAsync(body, budget, callTime, streams: false, cancellationToken).GetAsyncEnumerator(cancellationToken);
                    await using (pieces.ConfigureAwait(false))
                    {
                        while (await NextAsync(pieces, writer, cancellationToken).ConfigureAwait(false))
                        {
                            writer.Add(pieces.Current);
                        }
                    }

                    return writer;
                },
                cancellationToken).ConfigureAwait(false);
            Finish(writer, budget);
            return writer.Whole();
        }
        catch (FailedCallException failure)
        {
            throw _failures.Final(failure, tries.Count, tally);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">The call failed for good.</exception>
    /// <exception cref="NotSupportedException">The messages or options ask for something else than text.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var body = ChatRequest.Create(_model, messages, options);
        var budget = options?.GetReasoningBudget();
        var (callTime, tries) = Begin(options);
        var tally = new CallTally();
        AnswerWriter writer;
        IAsyncEnumerator<ChatPiece> pieces;
        try
        {
            using var metered = tally.Use();
            (pieces, writer) = await tries.RunAsync(
                () => BeginAsync(_call.RunAsync(body, budget, callTime, streams: true, cancellationToken), cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (FailedCallException failure)
        {
            throw _failures.Final(failure, tries.Count, tally);
        }

        await using (pieces.ConfigureAwait(false))
        {
            do
            {
                if (writer.Add(pieces.Current) is { } update)
                {
                    yield return update;
                }
            }
            while (await ContinueAsync(pieces, writer, tries.Count, tally, cancellationToken).ConfigureAwait(false));
        }

        Finish(writer, budget);
        yield return writer.Last();
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ModelDescription) ? new ModelDescription
            {
                Provider = OpenAIModels.Provider,
                Identity = ModelIdentity.Of(_model),
                Capacity = new ModelCapacity(_model.Place, _limit.Limit),
                RunsHere = _model.Endpoint.IsLoopback,
                ContextLength = _model.ContextLength,
            }
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(OpenAIModels.Provider, _model.Endpoint, _model.ModelId)
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private (CallTime CallTime, Tries Tries) Begin(ChatOptions? options)
    {
        var callTime = new CallTime(options?.GetTimeLimit(), _time);
        return (callTime, new Tries(_model, callTime, _time, _logger, _saidLoading));
    }

    /// <summary>Reads an answer as far as its first text: so far nothing was handed on, and the call may be tried again.</summary>
    private async Task<(IAsyncEnumerator<ChatPiece> Pieces, AnswerWriter Writer)> BeginAsync(IAsyncEnumerable<ChatPiece> answer, CancellationToken cancellationToken)
    {
        var writer = new AnswerWriter(_model);
        var pieces = answer.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await NextAsync(pieces, writer, cancellationToken).ConfigureAwait(false) && pieces.Current.Text.Length == 0)
            {
                writer.Add(pieces.Current);
            }

            return (pieces, writer);
        }
        catch
        {
            await pieces.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Moves to the next piece, and makes a failure of the call out of whatever goes wrong.</summary>
    private async Task<bool> NextAsync(IAsyncEnumerator<ChatPiece> pieces, AnswerWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            return await pieces.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (_failures.Of(e, writer.HasBegun, cancellationToken.IsCancellationRequested) is FailedCallException failure && !ReferenceEquals(e, failure))
        {
            throw failure;
        }
    }

    private async Task<bool> ContinueAsync(IAsyncEnumerator<ChatPiece> pieces, AnswerWriter writer, int attempts, CallTally tally, CancellationToken cancellationToken)
    {
        // The meter is that of the code which reads, and has to be set each time it does: a continued call sends its second request here.
        using var metered = tally.Use();
        try
        {
            return await NextAsync(pieces, writer, cancellationToken).ConfigureAwait(false);
        }
        catch (FailedCallException failure)
        {
            throw _failures.Final(failure, attempts, tally);
        }
    }

    private void Finish(AnswerWriter writer, int? budget)
    {
        _saidLoading.Reset();
        _watch.Check(writer.ThinkingTokens, budget);
        if (!writer.HasUsage && Interlocked.Exchange(ref _warnedOfUsage, 1) == 0)
        {
            Log.NoUsage(_logger, _model.DisplayName);
        }
    }
}
