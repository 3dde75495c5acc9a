using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI.Tests.Field;

/// <summary>
/// Every captured case is read right: as a whole, as the first stream of a client, and as its second, which knows the form of the model's answers.
/// A further folder of cases is run where the environment variable FLOWCOMPILE_CASES names one.
/// </summary>
public sealed class FieldTests
{
    public static TheoryData<string> Cases => new(
        new[] { Path.Combine(AppContext.BaseDirectory, "Field"), Environment.GetEnvironmentVariable("FLOWCOMPILE_CASES") }
            .OfType<string>().SelectMany(folder => Directory.EnumerateFiles(folder, "*.case", SearchOption.AllDirectories)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_IsRight(string path)
    {
        var one = ChatCase.Read(path);
        var right = Expectation.Of(one);
        await using var server = new RawServer([.. one.Responses]);
        List<string> problems = [];
        using (var client = Client(one, server))
        {
            await CheckAsync("whole", _ => client.GetResponseAsync(Messages, Options(one)));
        }

        using (var client = Client(one, server))
        {
            foreach (var name in (string[])["first stream", "second stream"])
            {
                await CheckAsync(name, async updates =>
                {
                    await foreach (var update in client.GetStreamingResponseAsync(Messages, Options(one)))
                    {
                        updates.Add(update);
                    }

                    return updates.ToChatResponse();
                });
            }
        }

        Assert.True(problems.Count == 0, $"{Path.GetFileName(path)} (right: {one.Value("right")}): {string.Join("; ", problems)}");

        async Task CheckAsync(string name, Func<List<ChatResponseUpdate>, Task<ChatResponse>> ask)
        {
            server.Restart();
            ChatResponse? response = null;
            List<ChatResponseUpdate> updates = [];
            var error = await Record.ExceptionAsync(async () => response = await ask(updates));
            if (right.Problem(response, error, server.Count, string.Concat(updates.Select(update => update.Text))) is { } problem)
            {
                problems.Add($"{name}: {problem}");
            }
        }
    }

    private static ChatMessage[] Messages => [new(ChatRole.User, "hello")];

    private static ChatOptions Options(ChatCase one)
    {
        var options = new ChatOptions { MaxOutputTokens = one.Number("max") };
        if (one.Number("budget") is { } budget)
        {
            options.SetReasoningBudget(budget);
        }

        return options;
    }

    private static OpenAIChatClient Client(ChatCase one, RawServer server)
    {
        var defaults = new OpenAIModelOptions { Endpoint = server.Endpoint, ModelId = "m" };
        return new OpenAIChatClient(
            new OpenAIModelOptions
            {
                Endpoint = server.Endpoint,
                ModelId = "m",
                Retries = one.Number("retries") ?? defaults.Retries,
                ThinkStart = one.Value("thinkStart") ?? defaults.ThinkStart,
                ThinkEnd = one.Value("thinkEnd") ?? defaults.ThinkEnd,
                Reasoning = one.Value("reasoning") is { } means ? Enum.Parse<ReasoningMeans>(means, ignoreCase: true) : defaults.Reasoning,
                Timeout = TimeSpan.FromHours(2),
            },
            timeProvider: new HastyTime());
    }
}
