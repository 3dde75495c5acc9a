namespace FlowCompile.Models.OpenAI;

/// <summary>Refuses options that cannot be.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static void Check(OpenAIModelOptions options)
    {
        var endpoint = options.Endpoint;
        Require(endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" }, $"the endpoint must be an http or https address, for example http://localhost:8000/v1");
        Require(endpoint.UserInfo.Length == 0 && endpoint.Fragment.Length == 0, "the endpoint must hold no user, password or fragment; a key belongs into the environment");
        Require(!HoldsSecret(endpoint.Query), "the endpoint's query seems to hold a key; keep it in an environment variable and name that with 'keyVariable', or send it in 'headers'");
        Require(!string.IsNullOrWhiteSpace(options.ModelId), "the model id is empty");
        Require(options.ApiKey is null || (options.ApiKey.Length > 0 && options.ApiKey.All(c => c is > ' ' and < '\x7f')), "the key is empty or has characters that a header cannot take");
        Require(options.KeyHeader is null || HeaderCheck.IsName(options.KeyHeader), "'keyHeader' is no name of a header");
        RequireNone(HeaderCheck.Problem(options));
        RequireNone(RequestCheck.Problem(options));
        Require(options.Efforts.Count > 0 && options.Efforts.Zip(options.Efforts.Skip(1)).All(pair => pair.First.MaxBudget < pair.Second.MaxBudget), "the efforts must have ascending budgets");
        Require(options.ThinkStart.Length > 0 && options.ThinkEnd.Length > 0, "the marks of thinking are empty");
        Require(options.Concurrency is null or >= 1, "concurrency must be 1 or more");
        Require(options.Retries >= 0, "retries must be 0 or more");
        Require(options.Timeout > TimeSpan.Zero && options.Timeout.TotalMilliseconds < int.MaxValue, "the time limit must be above 0 and below 24 days");
        Require(options.RetryDelay >= TimeSpan.Zero && options.MaxRetryDelay >= options.RetryDelay && options.MaxRetryDelay <= TimeSpan.FromDays(1), "the waits before retries must be 0 or more, and at most a day");

        void RequireNone(string? problem) => Require(problem is null, problem ?? "");

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw new ArgumentException($"Model '{options.DisplayName}': {problem}.", nameof(options));
            }
        }
    }

    private static bool HoldsSecret(string query) => query.TrimStart('?').Split('&').Any(parameter =>
        parameter.Split('=', 2) is [var name, var value] && SecretText.IsLikely(Uri.UnescapeDataString(name), Uri.UnescapeDataString(value)));
}
