namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Sends requests to the address of chat completions, with the model's headers. A redirect that keeps the method is followed within the same server;
/// any other could lose the prompt, or hand it and the key to somebody else.
/// </summary>
internal sealed class EndpointHandler : DelegatingHandler
{
    private const int MostRedirects = 5;
    private readonly OpenAIModelOptions _model;
    private readonly Failures _failures;
    private readonly Uri _address;

    public EndpointHandler(OpenAIModelOptions model, Failures failures, HttpMessageHandler inner)
        : base(inner)
    {
        _model = model;
        _failures = failures;
        _address = ChatAddress.Of(model.Endpoint);
    }

    /// <exception cref="FailedCallException">The server leads elsewhere, or leads on and on.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var header in _model.Headers)
        {
            request.Headers.Remove(header.Name);
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        if (request.Content is { } content)
        {
            // Kept by the content: it may have to be sent more than once.
            await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        request.RequestUri = _address;
        for (var redirects = 0; ; redirects++)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return response;
            }

            using (response)
            {
                request.RequestUri = Target(response, request.RequestUri, redirects);
            }
        }
    }

    private Uri Target(HttpResponseMessage response, Uri from, int redirects)
    {
        var status = (int)response.StatusCode;
        return response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var target) || target.Scheme is not ("http" or "https") ? throw Refused(status, "without an address to go to", "Check the endpoint.")
            : redirects == MostRedirects ? throw Refused(status, $"for the {redirects + 1}th time", "Check the endpoint: the server leads in a circle.")
            : status is not (307 or 308) ? throw Refused(status, "that would lose the prompt", $"Write the address that it leads to as the endpoint: {Written(target)}.")
            : target.Authority != from.Authority || target.Scheme != from.Scheme
                ? throw Refused(status, "to another server, which would get the prompt and the key", $"Write the address as the endpoint if you trust it: {Written(target)}.")
            : target;
    }

    // What a server puts behind its address may be anything, a key included.
    private string Written(Uri target) => _failures.Clean(ChatAddress.BaseOf(target));

    private static FailedCallException Refused(int status, string what, string advice) =>
        new(ModelCallFailure.Refused, $"{status}: the server redirects {what}", isTransient: false) { StatusCode = status, Advice = advice };
}
