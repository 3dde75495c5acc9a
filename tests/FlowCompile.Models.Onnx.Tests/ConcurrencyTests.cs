namespace FlowCompile.Models.Onnx.Tests;

public class ConcurrencyTests
{
    [Theory]
    [InlineData("nano")]
    [InlineData("micro")]
    [InlineData("mini")]
    public async Task Many_calls_at_once_answer_what_they_answer_one_by_one(string name)
    {
        using var client = new OnnxChatClient(TestModels.Folder(name), TestModels.OnCpu);
        var calls = Prompts.Of(8).SelectMany(prompt => new[] { (prompt, 0f), (prompt, 0.8f) }).ToList();
        List<(string, string)> serial = [];
        foreach (var (prompt, temperature) in calls)
        {
            var response = await client.AskAsync(prompt, budget: 12, temperature, seed: 4);
            serial.Add((response.Thinking(), response.Text));
        }

        var together = await Task.WhenAll(calls.Select(call => client.AskAsync(call.prompt, budget: 12, call.Item2, seed: 4)));
        Assert.Equal(serial, together.Select(response => (response.Thinking(), response.Text)));
    }

    [Fact]
    public async Task Disposing_lets_calls_under_way_finish()
    {
        var expected = (await TestModels.Client("mini").AskAsync(Prompts.Solve(TestModels.Cases[2]))).Text;
        var client = new OnnxChatClient(TestModels.Folder("mini"), TestModels.OnCpu);
        var updates = client.GetStreamingResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, Prompts.Solve(TestModels.Cases[2]))]).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        client.Dispose();
        var text = updates.Current.Text;
        while (await updates.MoveNextAsync())
        {
            text += updates.Current.Text;
        }

        Assert.Equal(expected, text);
        await updates.DisposeAsync();
    }
}
