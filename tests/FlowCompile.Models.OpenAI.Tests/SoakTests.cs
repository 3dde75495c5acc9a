using System.Collections.Concurrent;
using System.Globalization;
using FlowCompile.Models.OpenAI.Tests.Server;
using Xunit.Abstractions;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>
/// Many calls, a tenth of the tries failing. FLOWCOMPILE_SOAK_CALLS says how many calls where it is set.
/// </summary>
[Collection(MeasuredAlone.Name)]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Batches = 10;

    /// <summary>
    /// How many bytes a call may leave behind: less than any object kept for each call, a response, a request, a cancellation or an entry of a dictionary, would.
    /// </summary>
    private const double MostBytesPerCall = 64;

    private static readonly Func<Reply>[] s_faults =
    [
        () => Reply.Status(429, retryAfter: "0"), () => Reply.Status(500), () => Reply.Status(503), () => Reply.Drop(), () => Reply.Break(), () => Reply.Cut(),
        () => Reply.Garbage(), () => Reply.OtherJson(), () => Reply.GivesUp(), () => Reply.Text(""), () => Reply.Page(),
    ];

    [Fact]
    public async Task EveryCall_IsAccountedFor_AndMemoryStaysFlat()
    {
        var calls = int.Parse(Environment.GetEnvironmentVariable("FLOWCOMPILE_SOAK_CALLS") ?? "20000", CultureInfo.InvariantCulture);
        await using var server = await FaultServer.StartAsync(keepsCalls: false);

        // Which calls fail for good, and which tries fail, follows from the number of the call: the counts are known.
        var tries = new ConcurrentDictionary<int, int>();
        server.Otherwise = call =>
        {
            var number = int.Parse(call.Prompt, CultureInfo.InvariantCulture);
            var attempt = tries.AddOrUpdate(number, 1, (_, before) => before + 1);
            return IsLost(number) || (attempt == 1 && number % 10 == 3) ? s_faults[(number / 10) % s_faults.Length]() : Reply.Text($"answer {number}", "hm");
        };
        using var client = server.Client(retries: 2);
        var (right, failed, other) = (0, 0, 0);
        var memory = new List<long>();
        for (var batch = 0; batch < Batches; batch++)
        {
            var size = calls / Batches;
            await Parallel.ForEachAsync(Enumerable.Range(batch * size, size), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, token) =>
            {
                try
                {
                    var response = await client.AskAsync(number.ToString(CultureInfo.InvariantCulture), cancellationToken: token);
                    Interlocked.Increment(ref response.Text == $"answer {number}" && response.Usage!.ReasoningTokenCount == 1 ? ref right : ref other);
                }
                catch (ModelCallException e) when (e.Attempts == 3)
                {
                    Interlocked.Increment(ref failed);
                }
            });
            tries.Clear();
            memory.Add(LiveMemory.Bytes());
        }

        var lost = Enumerable.Range(0, calls / Batches * Batches).Count(IsLost);
        output.WriteLine(FormattableString.Invariant($"{calls} calls, {server.Count} tries: {right} right, {failed} failed; memory {string.Join(", ", memory.Select(bytes => bytes / 1024))} KiB"));
        Assert.Equal((calls - lost, lost, 0), (right, failed, other));
        Assert.Equal(calls + (2 * lost) + Enumerable.Range(0, calls).Count(number => number % 10 == 3 && !IsLost(number)), server.Count);

        var growth = LiveMemory.GrowthPerCall(memory, calls / Batches);
        Assert.True(growth < MostBytesPerCall, $"{growth} bytes kept for each call; bytes alive after each batch: {string.Join(", ", memory)}");

        static bool IsLost(int number) => number % 200 == 77;
    }
}
