namespace FlowCompile.Models.OpenAI;

/// <summary>Finds headers that cannot be sent.</summary>
internal static class HeaderCheck
{
    // What the client says of the request itself.
    private static readonly HashSet<string> s_own = new(StringComparer.OrdinalIgnoreCase) { "Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Accept" };

    /// <summary>What is wrong with a model's headers; <see langword="null"/> where nothing is. Values are not quoted.</summary>
    public static string? Problem(OpenAIModelOptions model)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (model.ApiKey is not null)
        {
            names.Add(model.KeyHeader ?? "Authorization");
        }

        foreach (var header in model.Headers)
        {
            if (!IsName(header.Name))
            {
                return "a name in 'headers' is no name of a header: use letters, digits and '-'";
            }

            if (s_own.Contains(header.Name))
            {
                return $"the header '{header.Name}' is the client's own; take it out of 'headers'";
            }

            if (!header.Value.All(c => c is >= ' ' and < '\x7f' or '\t') || header.Value.Trim().Length != header.Value.Length || header.Value.Length == 0)
            {
                return $"the value of the header '{header.Name}' is empty or has characters that a header cannot take, such as line ends";
            }

            if (!names.Add(header.Name))
            {
                return $"the header '{header.Name}' is there twice; send the key with 'keyVariable' or in 'headers', and each header once";
            }
        }

        return null;
    }

    /// <summary>Whether a text can name a header.</summary>
    public static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
