namespace FlowCompile.Tests.Run;

/// <summary>Models that answer at once or later, fail, or cancel the caller, by chance alone.</summary>
internal sealed class ChaoticModels : IDisposable
{
    private readonly Random _chance;
    private readonly int _round;
    private readonly CancellationTokenSource _caller;
    private readonly FakeModel _model;
    private int _thrown;

    public ChaoticModels(int round, CancellationTokenSource caller)
    {
        _chance = new Random(round);
        _round = round;
        _caller = caller;
        _model = new FakeModel(AnswerAsync);
    }

    /// <summary>How many calls failed.</summary>
    public int Thrown => Volatile.Read(ref _thrown);

    /// <summary>How many calls are under way.</summary>
    public int Running => _model.Running;

    public ModelCatalog Catalog(params string[] names) => names.Aggregate(new ModelCatalog(), (catalog, name) => catalog.Add(name, _model, leaveOpen: true));

    public void Dispose() => _model.Dispose();

    private async Task<string> AnswerAsync(string prompt, CancellationToken cancellationToken)
    {
        int roll;
        lock (_chance)
        {
            roll = _chance.Next(100);
        }

        if (roll < 40)
        {
            await Task.Yield();
        }

        if (roll == 99)
        {
            await Task.Delay(1, cancellationToken);
        }

        if (roll % 10 == 3 && _round % 5 == 0)
        {
            await _caller.CancelAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (roll % 6 == 0)
        {
            Interlocked.Increment(ref _thrown);
            throw new HttpRequestException("down");
        }

        return $"{prompt.Split(' ')[0]}{roll % 3}";
    }
}
