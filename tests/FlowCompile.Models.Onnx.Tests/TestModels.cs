using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Tests;

/// <summary>The sample's models, opened once each for the whole run, and its validation cases.</summary>
internal static class TestModels
{
    public static readonly OnnxModelOptions OnCpu = new() { ExecutionProvider = OnnxExecutionProvider.Cpu };

    private static readonly Dictionary<string, Lazy<OnnxChatClient>> s_clients = Names.ToDictionary(
        name => name, name => new Lazy<OnnxChatClient>(() => new OnnxChatClient(Folder(name), OnCpu)));

    private static readonly Dictionary<string, Lazy<OnnxModel>> s_models = Names.ToDictionary(
        name => name, name => new Lazy<OnnxModel>(() => OnnxModel.Load(Folder(name), OnCpu)));

    public static string[] Names => ["nano", "micro", "mini"];

    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    public static OnnxChatClient Client(string name) => s_clients[name].Value;

    public static OnnxModel Model(string name) => s_models[name].Value;

    public static IReadOnlyList<TestCase> Cases { get; } = [.. File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "validate.jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Select(row => new TestCase(row.GetProperty("problem").GetString()!, row.GetProperty("answer").GetInt32()))];

    public static Task<ChatResponse> AskAsync(
        this IChatClient client, string prompt, int? budget = null, float? temperature = null, long? seed = null,
        int? maxTokens = null, CancellationToken cancellationToken = default) =>
        client.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], Options(budget, temperature, seed, maxTokens), cancellationToken);

    public static ChatOptions Options(int? budget = null, float? temperature = null, long? seed = null, int? maxTokens = null)
    {
        var options = new ChatOptions { Temperature = temperature, Seed = seed, MaxOutputTokens = maxTokens };
        if (budget is { } tokens)
        {
            options.SetReasoningBudget(tokens);
        }

        return options;
    }

    public static List<int> Encode(this ITextTokenizer tokenizer, string text) => tokenizer.Encode(Prompt.Plain(text));

    public static string Decode(this ITextTokenizer tokenizer, IReadOnlyList<int> ids) => tokenizer.Write(markers: true).Whole(ids);

    public static string Thinking(this ChatResponse response) =>
        string.Concat(response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
}

internal sealed record TestCase(string Problem, int Answer);
