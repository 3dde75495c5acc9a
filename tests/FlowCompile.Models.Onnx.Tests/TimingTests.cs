namespace FlowCompile.Models.Onnx.Tests;

public class TimingTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Times_are_those_of_the_clock_one_for_each_generated_token(int? budget)
    {
        using var client = new OnnxChatClient(TestModels.Folder("nano"), TestModels.OnCpu, new SteppingTime());
        var response = await client.AskAsync(Prompts.Solve(TestModels.Cases[2]), budget);
        var timings = response.GetTimings()!;

        // The clock goes on by a millisecond each time it is read: once at the start, for each token, and at the end.
        var tokens = (int)response.Usage!.OutputTokenCount!.Value;
        Assert.Equal(Enumerable.Range(1, tokens).Select(at => TimeSpan.FromMilliseconds(at)), timings.TokenTimes);
        Assert.Equal(timings.TokenTimes[0], timings.TimeToFirstToken);
        Assert.Equal(TimeSpan.FromMilliseconds(tokens + 1), timings.Total);
    }

    [Theory]
    [InlineData("nano")]
    [InlineData("micro")]
    [InlineData("mini")]
    public async Task Times_never_go_back_by_the_systems_clock(string name)
    {
        foreach (var prompt in Prompts.Of(3))
        {
            var timings = (await TestModels.Client(name).AskAsync(prompt)).GetTimings()!;
            Assert.True(timings.TimeToFirstToken > TimeSpan.Zero);
            Assert.Equal(timings.TimeToFirstToken, timings.TokenTimes[0]);
            Assert.Equal(timings.TokenTimes.Order(), timings.TokenTimes);
            Assert.True(timings.Total >= timings.TokenTimes[^1]);
        }
    }
}
