namespace FlowCompile.Tests.Run;

/// <summary>A chat client whose every single call waits until the test answers it.</summary>
internal sealed class HeldModel : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly List<(string Prompt, TaskCompletionSource<string> Answer)> _calls = [];
    private readonly SemaphoreSlim _asked = new(0);

    public HeldModel() => Client = new FakeModel(AnswerAsync);

    public FakeModel Client { get; }

    /// <summary>The prompts, in the order they came.</summary>
    public IReadOnlyList<string> Prompts
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls.Select(call => call.Prompt)];
            }
        }
    }

    /// <summary>Waits until a number of further calls are under way.</summary>
    public async Task AskedAsync(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            Assert.True(await _asked.WaitAsync(s_patience), $"Only {i} of {calls} calls began.");
        }
    }

    /// <summary>What a call of the model does, for other models that wait too.</summary>
    public Task<string> AnswerAsync(string prompt, CancellationToken cancellationToken)
    {
        var call = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_calls)
        {
            _calls.Add((prompt, call));
        }

        _asked.Release();
        return call.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Waits until as many calls are under way.</summary>
    public async Task<int> RunningAsync(int calls)
    {
        var end = DateTime.UtcNow + s_patience;
        while (Client.Running != calls && DateTime.UtcNow < end)
        {
            await Task.Yield();
        }

        return Client.Running;
    }

    /// <summary>Answers one of the calls whose prompt begins so.</summary>
    public void Answer(string prefix, int which, string answer)
    {
        lock (_calls)
        {
            _calls.Where(call => call.Prompt.StartsWith(prefix, StringComparison.Ordinal)).ElementAt(which).Answer.SetResult(answer);
        }
    }

    public void Dispose() => _asked.Dispose();
}
