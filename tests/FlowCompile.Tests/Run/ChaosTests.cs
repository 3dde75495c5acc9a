using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

public class ChaosTests
{
    [Fact]
    public async Task EveryRun_EndsInAResultOrOneError_AndEveryFailureIsInATrace()
    {
        string[] names = ["a", "b", "c"];
        var random = new Random(23);
        var plans = Enumerable.Range(0, 20).Select(_ => Plans.Random(random, names)).ToArray();
        var (results, errors, cancellations) = (0, 0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 3000), async (round, _) =>
        {
            var chance = new Random(round);
            var thrown = 0;
            using var caller = new CancellationTokenSource();
            var models = new NamedModels(async (_, prompt, _, token) =>
            {
                int roll;
                lock (chance)
                {
                    roll = chance.Next(100);
                }

                if (roll < 40)
                {
                    await Task.Yield();
                }

                if (roll % 10 == 3 && round % 5 == 0)
                {
                    await caller.CancelAsync();
                }

                token.ThrowIfCancellationRequested();
                if (roll % 6 == 0)
                {
                    Interlocked.Increment(ref thrown);
                    throw new HttpRequestException("down");
                }

                return prompt.Split(' ')[0];
            });
            var workflow = new MathWorkflow
            {
                Models = models.Catalog(names),
                Runtime = new WorkflowRuntime { Retries = round % 3, RetryDelay = TimeSpan.Zero, FailuresToBreak = 1 + (round % 4) },
            };
            try
            {
                var result = await workflow.RunAsync(
                    "x", Preference.Weighted(round % 11 / 10.0), new RunOptions { Plan = plans[round % plans.Length] }, caller.Token);

                // A call that was left behind may still fail while the run ends: that is no failure of the run's any more.
                Assert.InRange(result.Failures.Count, result.Reroutes.Count == 0 ? thrown : result.Reroutes.Count, thrown);
                Interlocked.Increment(ref results);
            }
            catch (WorkflowException error)
            {
                Assert.InRange(error.Failures.Count, 1, thrown);
                Interlocked.Increment(ref errors);
            }
            catch (OperationCanceledException) when (caller.IsCancellationRequested)
            {
                Interlocked.Increment(ref cancellations);
            }

            Assert.Equal(0, models.Running);
        });

        Assert.True(results > 500 && errors > 100 && cancellations > 50, $"{results} results, {errors} errors, {cancellations} cancellations");
    }
}
