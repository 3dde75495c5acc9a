using System.Collections.Concurrent;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Agreeing;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

/// <summary>Runs whose models fail, hang back and are canceled at random.</summary>
public class ChaosTests
{
    private const int Runs = 50_000;
    private static readonly string[] s_names = ["a", "b", "mini"];

    [Fact]
    public async Task EveryRun_EndsInAResultOrOneError_EveryFailureIsInATrace_AndNothingIsLeft()
    {
        var random = new Random(23);
        var plans = Enumerable.Range(0, 20).Select(_ => Plans.Random(random, s_names)).ToArray();
        var (results, errors, cancellations) = (0, 0, 0);
        var left = new ConcurrentQueue<WeakReference>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Runs), async (round, _) =>
        {
            switch (await RunAsync(round, plans[round % plans.Length], left))
            {
                case End.Result:
                    Interlocked.Increment(ref results);
                    break;
                case End.Error:
                    Interlocked.Increment(ref errors);
                    break;
                default:
                    Interlocked.Increment(ref cancellations);
                    break;
            }
        });

        Assert.Equal(Runs, results + errors + cancellations);
        Assert.True(results > Runs / 4 && errors > Runs / 50 && cancellations > Runs / 100, $"{results} results, {errors} errors, {cancellations} cancellations");

        // The last runs' machinery may still be on its way out of the pool's threads.
        for (var i = 0; i < 20 && left.Count(one => one.IsAlive) > left.Count / 100; i++)
        {
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(left.Count(one => one.IsAlive), 0, left.Count / 100);
    }

    private static async Task<End> RunAsync(int round, WorkflowPlan plan, ConcurrentQueue<WeakReference> left)
    {
        using var caller = new CancellationTokenSource();
        using var models = new ChaoticModels(round, caller);
        if (round % 50 == 0)
        {
            left.Enqueue(new WeakReference(models));
        }

        var runtime = new WorkflowRuntime
        {
            Retries = round % 3,
            RetryDelay = TimeSpan.Zero,
            FailuresToBreak = 1 + (round % 4),
            Hedging = round % 7 == 0 ? HedgePolicy.After(TimeSpan.FromTicks(1)) : null,
        };
        var options = new RunOptions { Plan = plan };
        var preference = Preference.Weighted(round % 11 / 10.0);
        var math = new MathWorkflow { Models = models.Catalog(s_names), Runtime = runtime };
        try
        {
            switch (round % 4)
            {
                case 0:
                    Check(await new VoteWorkflow { Models = models.Catalog(s_names), Runtime = runtime }.RunAsync("x", VoteWorkflow.Plan.Default, null, caller.Token), models);
                    break;
                case 1:
                    return await ReadAsync(math.RunStreamingAsync("x", preference, options, caller.Token), models, leaves: round % 3 == 0);
                default:
                    Check(await math.RunAsync("x", preference, options, caller.Token), models);
                    break;
            }

            return End.Result;
        }
        catch (WorkflowException error)
        {
            Assert.InRange(error.Failures.Count, 1, models.Thrown);
            return End.Error;
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            return End.Cancellation;
        }
        finally
        {
            Assert.Equal(0, models.Running);
        }
    }

    private static async Task<End> ReadAsync(WorkflowStream<string> stream, ChaoticModels models, bool leaves)
    {
        await foreach (var update in stream)
        {
            Assert.NotEmpty(update.Text);
            if (leaves)
            {
                return End.Cancellation;
            }
        }

        Check(stream.Result, models);
        return End.Result;
    }

    // A call that was left behind may still fail while the run ends: that is no failure of the run's any more.
    private static void Check(WorkflowResult<string> result, ChaoticModels models)
    {
        var isWhole = result.Reroutes.Count == 0 && result.Agreements.Count == 0 && result.Hedges.Count == 0;
        Assert.InRange(result.Failures.Count, isWhole ? models.Thrown : result.Reroutes.Count, models.Thrown);
    }

    private enum End
    {
        Result,
        Error,
        Cancellation,
    }
}
