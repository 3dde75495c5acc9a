namespace FlowCompile.Profiling;

/// <summary>
/// The requests of one piece of work: the call of a sub-agent that is measured, or a whole run. It follows the flow of the code, so that a refusal is
/// noticed where the user's code catches the exception and goes on without the answer.
/// </summary>
internal sealed class SpendingScope : IDisposable
{
    private static readonly AsyncLocal<SpendingScope?> s_current = new();
    private readonly Spending _spending;
    private readonly Lock _lock = new();
    private Reservation? _held;
    private TimeSpan _waited;
    private volatile bool _wasRefused;

    private SpendingScope(Spending spending, Reservation? held, bool isRun) => (_spending, _held, IsRun) = (spending, held, isRun);

    /// <summary>The piece of work of the code that runs; <see langword="null"/> where it is none of these.</summary>
    public static SpendingScope? Current => s_current.Value;

    /// <summary>Whether it is a run, whose requests go side by side.</summary>
    public bool IsRun { get; }

    /// <summary>Whether a request of it was refused: what came of it is not what would have.</summary>
    public bool WasRefused => _wasRefused;

    /// <summary>How long its requests have waited for room.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (_lock)
            {
                return _waited;
            }
        }
    }

    /// <summary>A scope for a whole run.</summary>
    /// <param name="spending">The limits.</param>
    public static SpendingScope OfRun(Spending spending) => new(spending, held: null, isRun: true);

    /// <summary>A scope for the call of a sub-agent, once there is room for its first request: that is not to wait while it is timed.</summary>
    /// <param name="spending">The limits.</param>
    /// <param name="setting">The setting of the call.</param>
    /// <param name="calls">Whether it will make a request: one whose answer is there already will not.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="LimitReachedException">A limit is reached.</exception>
    public static async Task<SpendingScope> OfCallAsync(Spending spending, Setting setting, bool calls, CancellationToken cancellationToken) => new(
        spending,
        calls ? await spending.ReserveAsync(setting.Model, new RequestBound(setting.Budget, default), isOfRun: false, isStreamed: false, cancellationToken).ConfigureAwait(false) : null,
        isRun: false);

    /// <summary>Makes it the scope of the code that runs. It ends with the method that calls this.</summary>
    public void Enter() => s_current.Value = this;

    /// <summary>Takes what is set aside for the first request.</summary>
    /// <param name="model">The model's name.</param>
    public Reservation? Take(string model)
    {
        lock (_lock)
        {
            if (_held?.Model != model)
            {
                return null;
            }

            var held = _held;
            _held = null;
            return held;
        }
    }

    /// <summary>A request has waited for room.</summary>
    /// <param name="time">How long.</param>
    public void Wait(TimeSpan time)
    {
        lock (_lock)
        {
            _waited += time;
        }
    }

    /// <summary>A request was refused.</summary>
    public void Refuse() => _wasRefused = true;

    public void Dispose()
    {
        Reservation? held;
        lock (_lock)
        {
            (held, _held) = (_held, null);
        }

        if (held is not null)
        {
            _spending.GiveBack(held);
        }
    }
}
