namespace FlowCompile.Profiling;

/// <summary>
/// Statements that wait for their transaction. Those that come while one is under way go into it or into the next one together: a transaction costs a write of the file,
/// however little is in it.
/// </summary>
/// <param name="transact">Runs statements as one transaction: all of them take effect, or none.</param>
internal sealed class StoreQueue(Action<Action> transact) : IThreadPoolWorkItem
{
    // The first ones of a transaction wait for the last.
    private const int Most = 256;
    private readonly Lock _lock = new();
    private readonly List<Request> _waiting = [];
    private bool _isAtWork;

    /// <summary>Adds statements.</summary>
    /// <typeparam name="T">What they give.</typeparam>
    /// <param name="statements">The statements; they may be run again where others fail.</param>
    /// <returns>What they gave, once it is in the store.</returns>
    public Task<T> Add<T>(Func<T> statements)
    {
        var request = new Request<T>(statements);
        lock (_lock)
        {
            _waiting.Add(request);
            if (_isAtWork)
            {
                return request.Task;
            }

            _isAtWork = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return request.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        List<Request> requests = [];
        while (TryTake(requests))
        {
            Run(requests, joins: true);
            requests.Clear();
        }
    }

    // The work ends where none waits and none was taken before.
    private bool TryTake(List<Request> taken)
    {
        lock (_lock)
        {
            var isAny = _waiting.Count > 0;
            taken.AddRange(_waiting);
            _waiting.Clear();
            _isAtWork = taken.Count > 0;
            return isAny;
        }
    }

    private void Run(List<Request> requests, bool joins)
    {
        var ran = 0;
        var isRunning = false;
        try
        {
            transact(() =>
            {
                do
                {
                    for (; ran < requests.Count; ran++)
                    {
                        isRunning = true;
                        requests[ran].Run();
                        isRunning = false;
                    }
                }
                while (joins && ran < Most && TryTake(requests));
            });
        }
        catch (Exception) when (isRunning && requests.Count > 1)
        {
            // The fault of one is not that of the others.
            requests.ForEach(request => Run([request], joins: false));
            return;
        }
        catch (Exception e)
        {
            requests.ForEach(request => request.Fail(e));
            return;
        }

        requests.ForEach(request => request.Complete());
    }

    private abstract class Request
    {
        public abstract void Run();

        public abstract void Complete();

        public abstract void Fail(Exception error);
    }

    private sealed class Request<T>(Func<T> statements) : Request
    {
        private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _source.Task;

        public override void Run() => _result = statements();

        public override void Complete() => _source.SetResult(_result);

        public override void Fail(Exception error) => _source.SetException(error);
    }
}
