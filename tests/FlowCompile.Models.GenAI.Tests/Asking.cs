using Microsoft.Extensions.AI;

namespace FlowCompile.Models.GenAI.Tests;

/// <summary>Short ways to call a model.</summary>
internal static class Asking
{
    public static ChatOptions Options(int? budget = null, float? temperature = null, long? seed = null, int? maxTokens = null)
    {
        var options = new ChatOptions { Temperature = temperature, Seed = seed, MaxOutputTokens = maxTokens };
        if (budget is { } tokens)
        {
            options.SetReasoningBudget(tokens);
        }

        return options;
    }

    public static Task<ChatResponse> AskAsync(this IChatClient client, string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        client.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options, cancellationToken);

    public static string Thinking(this ChatResponse response) =>
        string.Concat(response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
}
