using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Chat;

namespace FlowCompile.Models.OpenAI;

/// <summary>Sends a call through the OpenAI client's pipeline and reads the answer as it comes.</summary>
internal sealed class ChatTransport : IDisposable
{
    private const long MaxAnswer = 64L << 20;
    private readonly ChatClient _client;
    private readonly HttpClient _http;
    private readonly Failures _failures;
    private readonly ServerRest _rest;

    [SuppressMessage("Reliability", "CA2000", Justification = "The HTTP client owns the handler, and this object the HTTP client.")]
    public ChatTransport(OpenAIModelOptions model, Failures failures, ServerRest rest)
    {
        _failures = failures;
        _rest = rest;

        // Time limits are the caller's, which tells them from cancellation.
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) };
        _http = new HttpClient(new RawContentHandler(new EndpointHandler(model, failures, sockets)), disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var options = new OpenAIClientOptions
        {
            Endpoint = model.Endpoint,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };
#pragma warning disable OPENAI001 // The only way to send no key, or one in another header.
        _client = new ChatClient(model.ModelId, KeyPolicy.Create(model.ApiKey, model.KeyHeader), options);
#pragma warning restore OPENAI001
    }

    /// <summary>Sends a body and reads the chunks of the answer.</summary>
    /// <exception cref="FailedCallException">The server refuses, fails, or breaks off.</exception>
    public async IAsyncEnumerable<ChatChunk> SendAsync(JsonObject body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new MeteredRequest();
        await request.BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await foreach (var chunk in ReadAsync(body, request, cancellationToken).ConfigureAwait(false))
            {
                request.See(chunk);
                yield return Checked(chunk);
            }

            request.Complete();
        }
        finally
        {
            request.End();
        }
    }

    public void Dispose() => _http.Dispose();

    private async IAsyncEnumerable<ChatChunk> ReadAsync(JsonObject body, MeteredRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await RespondAsync(body, request, cancellationToken).ConfigureAwait(false);
        response.Headers.TryGetValue("content-encoding", out var encoding);
        using var stream = new LimitedStream(ContentDecoding.Decode(response.ContentStream ?? Stream.Null, encoding), MaxAnswer);
        if (response.Status is < 200 or >= 300)
        {
            // Behind a gateway that gave up, the model may have gone on.
            var said = await ErrorBody.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
            var usage = ErrorUsage.Of(said);
            if (usage is not null || response.Status is not (408 or 502 or 504 or 524))
            {
                request.Refuse(usage);
            }

            var failure = _failures.OfStatus(
                response.Status, response.ReasonPhrase, name => response.Headers.TryGetValue(name, out var value) ? value : null, said, body);
            _rest.Ask(failure);
            throw failure;
        }

        await foreach (var chunk in new ResponseReader(_failures).ReadAsync(stream, cancellationToken).ConfigureAwait(false))
        {
            yield return chunk;
        }
    }

    private async Task<PipelineResponse> RespondAsync(JsonObject body, MeteredRequest request, CancellationToken cancellationToken)
    {
        using var content = BinaryContent.Create(BinaryData.FromString(body.ToJsonString()));
        var options = new RequestOptions { BufferResponse = false, ErrorOptions = ClientErrorBehaviors.NoThrow, CancellationToken = cancellationToken };
        options.SetHeader("Accept", "text/event-stream, application/json");
        try
        {
            return (await _client.CompleteChatAsync(content, options).ConfigureAwait(false)).GetRawResponse();
        }
        catch (Exception e) when (e is FailedCallException || IsUnsent(e))
        {
            // Led elsewhere, which the server does instead of answering, or not sent at all.
            request.Refuse();
            throw;
        }
    }

    // No connection came about, so that the server knows nothing of the request.
    private static bool IsUnsent(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => true,
        { InnerException: { } inner } => IsUnsent(inner),
        _ => false,
    };

    private ChatChunk Checked(ChatChunk chunk) => chunk.Error is { } error ? throw InBandError.Of(error, _failures)
        : chunk.FinishReason == FinishReasons.Error ? throw new FailedCallException(ModelCallFailure.ServerError, "the server ended the answer with an error", isTransient: true)
        : chunk;
}
