using System.Collections.Concurrent;

namespace FlowCompile.Tests.Run;

/// <summary>A catalog whose models answer by one function of their name, the prompt, and how often they were asked before.</summary>
internal sealed class NamedModels(Func<string, string, int, CancellationToken, Task<string>> answer)
{
    private int _running;

    public ConcurrentQueue<(string Model, string Prompt)> Asked { get; } = [];

    public int Running => Volatile.Read(ref _running);

    public ModelCatalog Catalog(params string[] names) =>
        names.Aggregate(new ModelCatalog(), (catalog, name) => catalog.Add(name, new FakeModel((prompt, token) => AnswerAsync(name, prompt, token))));

    private async Task<string> AnswerAsync(string model, string prompt, CancellationToken cancellationToken)
    {
        var before = Asked.Count(asked => asked.Model == model);
        Asked.Enqueue((model, prompt.Split(' ')[0]));
        Interlocked.Increment(ref _running);
        try
        {
            return await answer(model, prompt, before, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
