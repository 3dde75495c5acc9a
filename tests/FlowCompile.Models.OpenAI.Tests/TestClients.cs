using FlowCompile.Models.OpenAI.Tests.Server;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Models.OpenAI.Tests;

internal static class TestClients
{
    public const string Key = "sk-test-0123456789-this-is-the-key";

    public static OpenAIChatClient Client(
        this FaultServer server, int retries = 3, ReasoningMeans reasoning = ReasoningMeans.None, string? field = null, TimeSpan? timeout = null,
        ILogger? logger = null, TimeProvider? time = null, string? key = null, TimeSpan? retryDelay = null) => new(
        new OpenAIModelOptions
        {
            Endpoint = server.Endpoint,
            ModelId = "m",
            ApiKey = key,
            Reasoning = reasoning,
            ReasoningField = field,
            Retries = retries,
            RetryDelay = retryDelay ?? TimeSpan.FromMilliseconds(1),
            MaxRetryDelay = TimeSpan.FromSeconds(30),
            Timeout = timeout ?? TimeSpan.FromMinutes(2),
        },
        logger, time);

    public static Task<ChatResponse> AskAsync(this IChatClient client, string prompt = "hello", int? budget = null, CancellationToken cancellationToken = default)
    {
        var options = new ChatOptions { Temperature = 0.7f, Seed = 5 };
        if (budget is { } tokens)
        {
            options.SetReasoningBudget(tokens);
        }

        return client.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options, cancellationToken);
    }
}
