using System.Runtime.CompilerServices;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>
/// A process of one worker thread. Generated code does not go back to the thread it was called on: where several nodes wait for one, all but the first go on wherever
/// the thread pool has a worker. With one worker it is known when none of them can.
/// </summary>
internal static class SingleWorker
{
    /// <summary>What the process has to be started with: a pool has no fewer workers than there are processors.</summary>
    public static readonly KeyValuePair<string, string> Variable = new("DOTNET_PROCESSOR_COUNT", "1");

    /// <summary>Does work on the only worker, unless a run there does not end.</summary>
    /// <typeparam name="T">The type of its result.</typeparam>
    /// <param name="work">The work. It must not block.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="InvalidOperationException">The pool cannot do with one worker.</exception>
    /// <exception cref="TimeoutException">A run does not end.</exception>
    public static T Run<T>(Func<Task<T>> work)
    {
        if (!ThreadPool.SetMaxThreads(1, 1))
        {
            throw new InvalidOperationException($"The thread pool has more than one worker; start the process with {Variable.Key}={Variable.Value}.");
        }

        // What the other workers were at ends first.
        var result = Task.Run(async () =>
        {
            await QuietAsync();
            return await work();
        });
        while (!((IAsyncResult)result).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(1)))
        {
            if (Overdue.Find() is { } run)
            {
                throw new TimeoutException($"The run does not end: {run}");
            }
        }

        return result.GetAwaiter().GetResult();
    }

    /// <summary>Lets everything run that can, until nothing is left to run.</summary>
    public static async Task QuietAsync()
    {
        do
        {
            await new Turn();
        }
        while (ThreadPool.PendingWorkItemCount > 0);
    }

    /// <summary>Goes on behind what the pool has to do.</summary>
    private readonly struct Turn : INotifyCompletion
    {
        public bool IsCompleted => false;

        public Turn GetAwaiter() => this;

        public void OnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), continuation, preferLocal: false);

        public void GetResult()
        {
        }
    }
}
