using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>
/// Keeps the limits of one run of a profile. Before a request begins, what it will likely take is set aside; when it is over, what it was billed for is
/// counted. As long as all that is counted and set aside is below the limits, requests begin side by side; beyond, one waits for others to end, which may
/// have taken less. So what is billed goes beyond a limit by what requests take more than was set aside for them, and by no more than one request for each
/// worker. Several threads may use it at once.
/// </summary>
internal sealed class Spending : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ProfilerOptions _options;
    private readonly ProjectSettings _settings;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer? _deadline;
    private readonly int _workers;
    private readonly Dictionary<(string Model, int Budget), TokenAmount> _largest = [];
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly HashSet<MeteredCall> _calls = [];
    private TaskCompletionSource _changed = NewChange();
    private bool _isTimeOver;
    private int _openCount;
    private int _streamedCount;
    private int _requests;
    private int _unsaid;
    private long _unsaidTokens;
    private long _tokens;
    private long _reservedTokens;
    private double _cost;
    private double _reservedCost;

    /// <summary>Starts with nothing spent.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="settings">The project's settings, for the prices.</param>
    /// <param name="time">The clock.</param>
    public Spending(ProfilerOptions options, ProjectSettings settings, TimeProvider time)
    {
        (_options, _settings, _time, _start) = (options, settings, time, time.GetTimestamp());
        _workers = BatchModels.CallsAtOnceOf(options);

        // A timer takes no more than 49 days; who waits longer than that is not waited for.
        _deadline = options.MaxTime is { } most && most.TotalDays < 49 ? time.CreateTimer(_ => EndTime(), null, most, Timeout.InfiniteTimeSpan) : null;
    }

    /// <summary>The limit that is reached, if one is.</summary>
    public ProfileLimit? Reached
    {
        get
        {
            lock (_lock)
            {
                return ReachedNow;
            }
        }
    }

    /// <summary>Whether there is any limit.</summary>
    public bool HasLimit => HasAmounts || _options.MaxTime is not null;

    /// <summary>What is counted so far.</summary>
    public ProfileSpending Total
    {
        get
        {
            lock (_lock)
            {
                return new ProfileSpending(_requests, _tokens, _cost, _unsaid, _unsaidTokens);
            }
        }
    }

    private bool HasAmounts => _options.MaxCost is not null || _options.MaxTokens is not null;

    private ProfileLimit? ReachedNow => _cost >= _options.MaxCost ? ProfileLimit.Cost
        : _tokens >= _options.MaxTokens ? ProfileLimit.Tokens
        : _isTimeOver || _time.GetElapsedTime(_start) >= _options.MaxTime ? ProfileLimit.Time
        : null;

    /// <summary>Learns what calls of a model have taken in earlier runs.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="budget">The reasoning budget.</param>
    /// <param name="amount">The most that one took.</param>
    public void Learn(string model, int budget, TokenAmount amount)
    {
        lock (_lock)
        {
            _largest[(model, budget)] = _largest.GetValueOrDefault((model, budget)).Or(amount);
        }
    }

    /// <summary>Sets aside what a request will likely take, and waits until there is room for it.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="bound">What it can take at most.</param>
    /// <param name="isOfRun">Whether it is one of the requests of a whole run, of which each worker may have several.</param>
    /// <param name="isStreamed">Whether its answer is read at the pace of whoever asked.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="LimitReachedException">A limit is reached.</exception>
    public async ValueTask<Reservation> ReserveAsync(string model, RequestBound bound, bool isOfRun, bool isStreamed, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (ReachedNow is not null)
                {
                    throw new LimitReachedException();
                }

                if (!Waits(model, isOfRun))
                {
                    var reservation = new Reservation(model) { IsStreamed = isStreamed };
                    _open[model] = _open.GetValueOrDefault(model) + 1;
                    _openCount++;
                    _streamedCount += isStreamed ? 1 : 0;
                    SetAside(reservation, bound);
                    return reservation;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts what a request itself says in the place of what was set aside for it before it was known.</summary>
    /// <param name="reservation">What was set aside.</param>
    /// <param name="bound">What it can take at most.</param>
    public void Restate(Reservation reservation, RequestBound bound)
    {
        lock (_lock)
        {
            Release(reservation);
            SetAside(reservation, bound);
        }
    }

    /// <summary>Gives back what was set aside for a request that was never sent.</summary>
    /// <param name="reservation">What was set aside.</param>
    public void GiveBack(Reservation reservation)
    {
        lock (_lock)
        {
            Close(reservation);
        }

        Change();
    }

    /// <summary>Counts what a request was billed for.</summary>
    /// <param name="reservation">What was set aside for it.</param>
    /// <param name="usage">What it said; a count that is not known is <see langword="null"/>.</param>
    /// <param name="isAll">Whether it was no more than that.</param>
    public void Settle(Reservation reservation, UsageDetails usage, bool isAll)
    {
        lock (_lock)
        {
            Close(reservation);
            var isSaid = isAll && usage is { InputTokenCount: not null, OutputTokenCount: not null };
            var generated = Math.Max(0, usage.OutputTokenCount ?? (isAll ? reservation.AtMost.Generated : 0));
            var billed = new TokenAmount(
                Math.Max(0, usage.InputTokenCount ?? reservation.AtMost.Input), isAll ? generated : Math.Max(generated, MostOf(reservation).Generated));
            _requests++;
            _tokens += billed.Total;
            _cost += PriceOf(reservation.Model).CostOf(
                billed.Input, billed.Generated, usage.InputTokenCount is null ? 0 : CachedInput.TokensOf(usage));
            if (!isSaid)
            {
                _unsaid++;
                _unsaidTokens += billed.Total;
            }

            if (isAll && billed.Generated > 0)
            {
                Learn(reservation.Model, reservation.Budget, billed);
            }
        }

        Change();
    }

    /// <summary>A call is told when a limit is reached, until it ends: what it waits for then will not come.</summary>
    /// <param name="call">The call.</param>
    public void Watch(MeteredCall call)
    {
        lock (_lock)
        {
            _calls.Add(call);
        }
    }

    /// <summary>A call has ended.</summary>
    /// <param name="call">The call.</param>
    public void Forget(MeteredCall call)
    {
        lock (_lock)
        {
            _calls.Remove(call);
        }
    }

    public void Dispose() => _deadline?.Dispose();

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Nobody waits where nothing is under way that ends by itself: what is left of the limit is then for whoever comes first.
    private bool Waits(string model, bool isOfRun) =>
        HasAmounts && _openCount > _streamedCount
        && ((_open.GetValueOrDefault(model) > 0 && !_largest.Keys.Any(key => key.Model == model))
            || _tokens + _reservedTokens >= _options.MaxTokens
            || _cost + _reservedCost >= _options.MaxCost
            || (isOfRun && _openCount >= _workers));

    private void SetAside(Reservation reservation, RequestBound bound)
    {
        (reservation.Budget, reservation.AtMost) = (bound.Budget, bound.AtMost);
        reservation.Likely = Largest(reservation.Model, bound.Budget) ?? bound.AtMost;
        _reservedTokens += reservation.Likely.Total;
        _reservedCost += MostOf(reservation.Model, reservation.Likely);
    }

    private void Release(Reservation reservation)
    {
        _reservedTokens -= reservation.Likely.Total;
        _reservedCost -= MostOf(reservation.Model, reservation.Likely);
    }

    private void Close(Reservation reservation)
    {
        Release(reservation);
        _open[reservation.Model]--;
        _openCount--;
        _streamedCount -= reservation.IsStreamed ? 1 : 0;
        if (_openCount == 0)
        {
            _reservedCost = 0; // what rounding has left
        }
    }

    // The largest call so far under the budget; under another one, with as many thinking tokens more as the budget has.
    private TokenAmount? Largest(string model, int budget)
    {
        if (_largest.TryGetValue((model, budget), out var known))
        {
            return known;
        }

        TokenAmount? largest = null;
        foreach (var (key, amount) in _largest.Where(pair => pair.Key.Model == model))
        {
            largest = (amount with { Generated = amount.Generated + Math.Max(0, (long)budget - key.Budget) }).Or(largest ?? default);
        }

        return largest;
    }

    // Long calls are those that run into a time limit, so twice the largest that did not.
    private TokenAmount MostOf(Reservation reservation) => Largest(reservation.Model, reservation.Budget) is { } known
        ? reservation.AtMost.Or(new TokenAmount(0, 2 * known.Generated))
        : reservation.AtMost;

    private double MostOf(string model, TokenAmount amount) => PriceOf(model).MostOf(amount.Input, amount.Generated);

    private ModelPrice PriceOf(string model) => _settings.FindModel(model)?.Price ?? default;

    // A timer may ring a little before the clock says so, and rings once.
    private void EndTime()
    {
        lock (_lock)
        {
            _isTimeOver = true;
        }

        Change();
    }

    private void Change()
    {
        TaskCompletionSource changed;
        MeteredCall[] stopped;
        lock (_lock)
        {
            (changed, _changed) = (_changed, NewChange());
            stopped = ReachedNow is null ? [] : [.. _calls];
        }

        changed.TrySetResult();
        Array.ForEach(stopped, call => call.Stop());
    }
}
