namespace FlowCompile.Models.OpenAI;

/// <summary>Where calls are sent: the endpoint may be written as the server's base address or as that of its chat completions, with or without a query.</summary>
internal static class ChatAddress
{
    private const string Path = "/chat/completions";

    /// <summary>The address of chat completions.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static Uri Of(Uri endpoint) => new(BaseOf(endpoint) + Path + endpoint.Query);

    /// <summary>The server's base address, without a query and without a slash at its end.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static string BaseOf(Uri endpoint)
    {
        var path = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return path.EndsWith(Path, StringComparison.OrdinalIgnoreCase) ? path[..^Path.Length].TrimEnd('/') : path;
    }
}
