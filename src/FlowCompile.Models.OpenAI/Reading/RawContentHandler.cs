namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Keeps the content type of responses from the client's pipeline. Of what is called an event stream that would read the events itself, without a limit
/// on a line, leave out what is none, and connect again by itself; here it is read as it comes, whatever it is called.
/// </summary>
internal sealed class RawContentHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.Content.Headers.ContentType = null;
        return response;
    }
}
