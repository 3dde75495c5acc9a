namespace FlowCompile.Tests.Run;

public class RunTraceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(10)]
    public void Calls_AreInTheOrderTheyEndedHoweverManyWereExpected(int expected)
    {
        var trace = new RunTrace();
        trace.Expect(expected);
        var records = Enumerable.Range(0, 7).Select(Record).ToList();
        records.ForEach(trace.AddCall);

        Assert.Equal(records, trace);
        Assert.Equal(7, trace.Count);
        Assert.Same(records[5], trace[5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => trace[7]);
        Assert.Throws<ArgumentOutOfRangeException>(() => trace[-1]);
    }

    [Fact]
    public void Calls_AddedAtOnceAreAllThere()
    {
        const int Threads = 8, Calls = 500;
        var trace = new RunTrace();
        trace.Expect(Threads * Calls / 2);

        Parallel.For(0, Threads, thread =>
        {
            for (var i = 0; i < Calls; i++)
            {
                trace.AddCall(Record((thread * Calls) + i));
                Assert.NotNull(trace[trace.Count - 1].Node);
            }
        });

        Assert.Equal(Enumerable.Range(0, Threads * Calls), trace.Select(call => call.Replica).Order());
    }

    private static CallRecord Record(int i) => new()
    {
        Node = "Select",
        Replica = i,
        Attempt = 0,
        Setting = new Setting("mini", 0),
        InputTokens = 0,
        ThinkingTokens = 0,
        OutputTokens = 0,
        TimeToFirstToken = null,
        Latency = TimeSpan.Zero,
    };
}
