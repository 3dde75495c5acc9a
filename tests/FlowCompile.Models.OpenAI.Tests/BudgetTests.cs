using FlowCompile.Models.OpenAI.Tests.Server;

namespace FlowCompile.Models.OpenAI.Tests;

public sealed class BudgetTests : IAsyncLifetime
{
    private readonly RecordingLogger _logger = new();
    private FaultServer _server = null!;

    public async Task InitializeAsync() => _server = await FaultServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(null, "thinking_token_budget")]
    [InlineData("chat_template_kwargs.thinking_budget", "chat_template_kwargs.thinking_budget")]
    public async Task Limit_IsSentInItsField(string? field, string path)
    {
        using var client = _server.Client(reasoning: ReasoningMeans.Limit, field: field);
        await client.AskAsync(budget: 64);
        await client.AskAsync(budget: 0);
        await client.AskAsync();
        Assert.Equal([64, 0, null], _server.Calls.Select(call => (int?)path.Split('.').Aggregate((System.Text.Json.Nodes.JsonNode?)call.Body, (node, name) => node?[name])));
    }

    [Fact]
    public async Task Effort_IsTheFirstThatCoversTheBudget()
    {
        using var client = _server.Client(reasoning: ReasoningMeans.Effort);
        int[] budgets = [0, 1, 1024, 1025, 8192, 100_000];
        foreach (var budget in budgets)
        {
            await client.AskAsync(budget: budget);
        }

        Assert.Equal(["none", "low", "low", "medium", "medium", "high"], _server.Calls.Select(call => (string?)call.Body["reasoning_effort"]));
    }

    [Fact]
    public async Task Continuing_CutsTheThinkingAtTheBudget()
    {
        using var client = _server.Then(Reply.Text("", "one two three", finish: "length"), Reply.Text("the answer")).Client(reasoning: ReasoningMeans.Continue);
        var response = await client.AskAsync(budget: 3);

        Assert.Equal("the answer", response.Text);
        Assert.Equal((7, 5, 3), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.ReasoningTokenCount));
        Assert.Equal(5, response.GetTimings()!.TokenTimes.Count);
        var (first, second) = (_server.Calls[0].Body, _server.Calls[1].Body);
        Assert.Equal(3, (int)first["max_tokens"]!);
        Assert.Null(second["max_tokens"]);
        Assert.True((bool)second["continue_final_message"]!);
        Assert.False((bool)second["add_generation_prompt"]!);
        Assert.Equal(["hello", "<think>\none two three\n</think>\n\n"], second["messages"]!.AsArray().Select(message => (string)message!["content"]!));
        Assert.Equal((int)first["seed"]!, (int)second["seed"]!);
    }

    [Fact]
    public async Task Continuing_TakesUpAnAnswerThatWasCut()
    {
        using var client = _server.Then(Reply.Text("half", "one", finish: "length"), Reply.Text("-hearted")).Client(reasoning: ReasoningMeans.Continue);
        Assert.Equal("half-hearted", (await client.AskAsync(budget: 3)).Text);
        Assert.EndsWith("</think>\n\nhalf", (string)_server.Calls[1].Body["messages"]![1]!["content"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Continuing_StopsWhereTheModelStops()
    {
        using var client = _server.Then(Reply.Text("42", "one")).Client(reasoning: ReasoningMeans.Continue);
        Assert.Equal("42", (await client.AskAsync(budget: 64)).Text);
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Continuing_WithoutABudgetToThink_AnswersAtOnce()
    {
        using var client = _server.Client(reasoning: ReasoningMeans.Continue);
        await client.AskAsync(budget: 0);
        Assert.Equal("<think>\n\n</think>\n\n", (string)Assert.Single(_server.Calls).Body["messages"]![1]!["content"]!);
    }

    [Fact]
    public async Task Continuing_TakesForAnAnswerWhatTheServerTakesForThinking()
    {
        using var client = _server.Then(Reply.Text("", "one", finish: "length"), Reply.Text("", "the answer")).Client(reasoning: ReasoningMeans.Continue);
        Assert.Equal("the answer", (await client.AskAsync(budget: 1)).Text);
    }

    [Fact]
    public async Task Continuing_WhereTheTemplateOpensTheThinking_TakesWhatTheBudgetCutForThinking()
    {
        using var client = _server.Then(Reply.Text("one two three", finish: "length"), Reply.Text("the answer")).Client(reasoning: ReasoningMeans.Continue, logger: _logger);
        var response = await client.AskAsync(budget: 3);
        Assert.Equal(("the answer", 5L, 3L), (response.Text, response.Usage!.OutputTokenCount, response.Usage.ReasoningTokenCount));
        Assert.Equal("<think>\none two three\n</think>\n\n", (string)_server.Calls[1].Body["messages"]![1]!["content"]!);
        Assert.Contains("without a mark where the budget cuts it", Assert.Single(_logger.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Continuing_TakesNoThinkingForAnAnswer()
    {
        _server.Otherwise = _ => Reply.Text("<think> going on");
        using var client = _server.Client(reasoning: ReasoningMeans.Continue, retries: 0);
        Assert.Equal(ModelCallFailure.EmptyAnswer, (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync(budget: 0))).Failure);
    }

    [Fact]
    public async Task Continuing_IsTriedAgainAsAWhole()
    {
        using var client = _server.Then(Reply.Text("", "one", finish: "length"), Reply.Cut(), Reply.Text("", "one", finish: "length"), Reply.Text("right")).Client(reasoning: ReasoningMeans.Continue);
        var response = await client.AskAsync(budget: 1);
        Assert.Equal(("right", 2L), (response.Text, response.Usage!.OutputTokenCount));
    }

    [Theory]
    [InlineData(ReasoningMeans.None, "set 'reasoning'")]
    [InlineData(ReasoningMeans.Limit, "knows the field 'thinking_token_budget'")]
    [InlineData(ReasoningMeans.Effort, "An effort is no limit")]
    public async Task IgnoredBudget_IsWarnedOfOnce(ReasoningMeans means, string advice)
    {
        _server.Otherwise = _ => Reply.Text("42", string.Concat(Enumerable.Repeat("hm ", 100)));
        using var client = _server.Client(reasoning: means, logger: _logger);
        await client.AskAsync(budget: 8);
        await client.AskAsync(budget: 8);
        var warning = Assert.Single(_logger.Warnings);
        Assert.Contains("thought 100 tokens under a budget of 8", warning, StringComparison.Ordinal);
        Assert.Contains(advice, warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeptBudget_IsNotWarnedOf()
    {
        _server.Otherwise = _ => Reply.Text("42", "one two");
        using var client = _server.Client(reasoning: ReasoningMeans.Limit, logger: _logger);
        await client.AskAsync(budget: 8);
        await client.AskAsync();
        Assert.Empty(_logger.All);
    }

    [Fact]
    public void LargestBudget_IsNotIgnored()
    {
        new BudgetWatch(new OpenAIModelOptions { Endpoint = _server.Endpoint, ModelId = "m" }, _logger).Check(thinking: 5, int.MaxValue);
        Assert.Empty(_logger.All);
    }
}
