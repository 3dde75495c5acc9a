using System.Text;
using FlowCompile.Models.OpenAI.Tests.Server;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>Opens models as <c>flowcompile.json</c> has them, and calls them with every field that the client sends.</summary>
internal static class Opened
{
    /// <summary>The model <c>a</c> of a file whose entry stands on line 2.</summary>
    /// <param name="model">The members of its entry.</param>
    /// <param name="logger">Gets its warnings.</param>
    public static OpenAIChatClient Model(string model, ILogger? logger = null)
    {
        var settings = ProjectSettings.Parse("flowcompile.json", Encoding.UTF8.GetBytes($"{{ \"models\": {{\n \"a\": {{ {model} }} }}, \"budgets\": [0] }}"));
        return new OpenAIModels(logger).Open(settings.Models[0]);
    }

    public static Task<ChatResponse> AskAllAsync(this IChatClient client, int? budget = null)
    {
        var options = new ChatOptions
        {
            Temperature = 0.5f,
            TopP = 0.9f,
            TopK = 40,
            FrequencyPenalty = 0.1f,
            PresencePenalty = 0.2f,
            MaxOutputTokens = 50,
            Seed = 7,
            StopSequences = ["END"],
            ResponseFormat = ChatResponseFormat.Json,
        };
        if (budget is { } tokens)
        {
            options.SetReasoningBudget(tokens);
        }

        return client.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], options);
    }

    /// <summary>A field of the last call, dots leading into objects, as JSON; <c>none</c> where it is not there.</summary>
    public static string Sent(this FaultServer server, string path)
    {
        System.Text.Json.Nodes.JsonNode? node = server.Calls[^1].Body;
        foreach (var name in path.Split('.'))
        {
            if (node is not System.Text.Json.Nodes.JsonObject owner || !owner.TryGetPropertyValue(name, out node))
            {
                return "none";
            }
        }

        return node?.ToJsonString() ?? "null";
    }
}
