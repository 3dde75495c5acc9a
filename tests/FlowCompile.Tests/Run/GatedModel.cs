using System.Collections.Concurrent;

namespace FlowCompile.Tests.Run;

/// <summary>A chat client whose every call waits until the test lets it go, so that an order of events is proven and not timed.</summary>
internal sealed class GatedModel : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _gates = new();
    private readonly SemaphoreSlim _asked = new(0);

    public GatedModel() => Model = new FakeModel(AnswerAsync);

    public FakeModel Model { get; }

    public ModelCatalog Catalog => FakeModel.Catalog(Model);

    /// <summary>Waits until a number of further calls are under way.</summary>
    public async Task AskedAsync(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            Assert.True(await _asked.WaitAsync(s_patience), $"Only {i} of {calls} calls began.");
        }
    }

    /// <summary>Lets the calls go whose prompt begins so.</summary>
    public void Release(string prefix, string answer) => Gate(prefix).TrySetResult(answer);

    public void Fail(string prefix, Exception exception) => Gate(prefix).TrySetException(exception);

    /// <summary>What a call of the model does, for other models that wait too.</summary>
    public Task<string> AnswerAsync(string prompt, CancellationToken cancellationToken)
    {
        var gate = Gate(prompt.Split(' ')[0]);
        _asked.Release();
        return gate.Task.WaitAsync(cancellationToken);
    }

    public void Dispose() => _asked.Dispose();

    private TaskCompletionSource<string> Gate(string prefix) =>
        _gates.GetOrAdd(prefix, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}
