using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// How a run keeps its deadline. Before each call it chooses anew among the configurations that still make it; it prefers those under which the
/// time for a fallback is reserved: should the calls that come next fail at their end, a configuration without their models still makes it.
/// </summary>
public sealed partial class WorkflowRun
{
    private long[]? _begun; // by node, when its first call began; 0 where none did
    private bool[]? _declined; // by node, whether its call was not begun for the sake of the deadline
    private WorkflowConfiguration? _inTime; // to move to, where that is better for the deadline

    private double SecondsLeft => (_options.Deadline!.Value - Time.GetElapsedTime(_start)).TotalSeconds;

    /// <summary>The choice of a run that has not begun; <see langword="null"/> where there is none to choose from.</summary>
    private WorkflowConfiguration? ChooseInTime(bool[] among, bool[] fallbacks)
    {
        var outlook = OutlookOf([.. Enumerable.Repeat(Nothing(), among.Length)]);
        if (_preference.Objective == PreferenceObjective.RightInTime)
        {
            return MostLikely(among, outlook, current: -1) ?? BestInTime(among, fallbacks, outlook) ?? Quickest(among, outlook);
        }

        return BestInTime(among, fallbacks, outlook) ?? Quickest(among, outlook);
    }

    /// <summary>The choice after a failure; <see langword="null"/> where no configuration is left.</summary>
    private WorkflowConfiguration? ChooseNextInTime(bool[] allowed)
    {
        var fits = Fits();
        var outlook = OutlookOf(SpentUnder(fits));
        var agreeing = Both(allowed, Agreeing(fits));
        if (_preference.Objective == PreferenceObjective.RightInTime
            && (Healthy(healthy => MostLikely(Both(healthy, allowed), outlook, current: -1)) ?? MostLikely(allowed, outlook, current: -1)) is { } likely)
        {
            return likely;
        }

        return Healthy(healthy => BestInTime(Both(healthy, agreeing), allowed, outlook)
            ?? BestInTime(Both(healthy, allowed), allowed, outlook)
            ?? Quickest(Both(healthy, allowed), outlook)) ?? Quickest(allowed, outlook);
    }

    /// <summary>Before a call: moves where another configuration is better for the deadline.</summary>
    /// <exception cref="OperationCanceledException">The run goes on under another configuration.</exception>
    private void KeepDeadline(int node)
    {
        lock (_trace)
        {
            if (Next is not null || _failures is not null)
            {
                return; // what comes next is chosen already, or will be
            }

            // A node that was begun goes on where the other configuration has it too.
            if (_inTime is null
                && !_trace.HasOutput
                && ChooseForDeadline() is var better
                && better != Configuration
                && !(IsBegun(node) && Fit(better).IsSame(node)))
            {
                _inTime = better;
                _failed?.TrySetResult();
            }

            if (_inTime is null)
            {
                _begun ??= new long[_graph.Nodes.Count];
                _begun[node] = _begun[node] == 0 ? Math.Max(1, Time.GetTimestamp()) : _begun[node];
                return;
            }

            _declined ??= new bool[_graph.Nodes.Count];
            _declined[node] = true;
        }

        throw new OperationCanceledException("The run goes on under another configuration.");
    }

    private WorkflowConfiguration ChooseForDeadline()
    {
        var allowed = Allowed()!;
        var fits = Fits();
        var outlook = OutlookOf(SpentUnder(fits));
        var current = _plan!.IndexOf(Configuration);

        // First without losing anything, then without redoing anything, then at all.
        var agreeing = Agreeing(fits);
        agreeing[current] = true;
        int[] begun = [.. Enumerable.Range(0, _graph.Nodes.Count).Where(node => IsBegun(node) && !HasEndedEarly(node))];
        bool[] keeping = [.. agreeing.Select((agrees, i) => agrees && (i == current || Array.TrueForAll(begun, fits[i].IsSame)))];

        // A configuration that was left is come back to only where this one does not make it: otherwise two of them could take turns.
        var canStay = outlook.Left[current] <= SecondsLeft;
        return Healthy(healthy =>
        {
            var sound = Both(healthy, allowed);
            sound[current] = true;
            if (_preference.Objective == PreferenceObjective.RightInTime)
            {
                bool[] others = [.. sound.Select((isSound, i) => isSound && (i == current || !WasLeft(_plan.Configurations[i])))];
                return MostLikely(others, outlook, current) ?? LeastLate(sound);
            }

            bool[] open = canStay && _previous is not null ? [.. sound.Select((isSound, i) => isSound && !WasLeft(_plan.Configurations[i]))] : sound;
            return BestInTime(Both(open, keeping), sound, outlook) ?? BestInTime(Both(open, agreeing), sound, outlook) ?? BestInTime(open, sound, outlook) ?? LeastLate(sound);
        })!;

        // None makes it.
        WorkflowConfiguration LeastLate(bool[] sound)
        {
            var quickest = Quickest(sound, outlook)!;
            return outlook.Left[_plan.IndexOf(quickest)] < outlook.Left[current] ? quickest : Configuration;
        }
    }

    /// <summary>
    /// The configuration that is most likely right in time, as things are: what of it is done or under way is time won, so that it is judged as if a whole
    /// run had the time that is left and what it has won. <see langword="null"/> where none may be in time, or none keeps the limits.
    /// </summary>
    /// <param name="among">Those to choose from.</param>
    /// <param name="outlook">What each configuration has spent and how long it still takes.</param>
    /// <param name="current">The place of the one that the run is under, which it stays with where none is more likely; -1 where it has not begun.</param>
    private WorkflowConfiguration? MostLikely(bool[] among, Outlook outlook, int current)
    {
        var left = Math.Min(SecondsLeft, _preference.DeadlineSeconds - Time.GetElapsedTime(_start).TotalSeconds);
        double[] seconds = [.. _plan!.Configurations.Select((configuration, i) => left + TimeOf(configuration).From(Nothing(), 0) - outlook.Left[i])];
        return _plan.MostLikelyInTime(_preference, among, seconds, current);
    }

    private double[] Nothing() => [.. Enumerable.Repeat(RemainingTime.NotBegun, _graph.Nodes.Count)];

    private bool WasLeft(WorkflowConfiguration configuration)
    {
        var run = _previous;
        while (run is not null && run.Configuration != configuration)
        {
            run = run._previous;
        }

        return run is not null && configuration != Configuration;
    }

    /// <summary>The best by preference of some configurations that make it: with the time for a fallback, or else without.</summary>
    /// <param name="among">Those to choose from.</param>
    /// <param name="fallbacks">Those that may be a fallback.</param>
    /// <param name="outlook">What each configuration has spent and how long it still takes.</param>
    private WorkflowConfiguration? BestInTime(bool[] among, bool[] fallbacks, Outlook outlook)
    {
        var left = SecondsLeft;
        var makes = new bool[among.Length];
        var safe = new bool[among.Length];
        for (var i = 0; i < makes.Length; i++)
        {
            makes[i] = among[i] && outlook.Left[i] <= left;
            safe[i] = makes[i] && HasFallback(i);
        }

        return _plan!.TrySelectAmong(_preference, safe) ?? _plan.TrySelectAmong(_preference, makes)
            ?? (safe.Contains(true) ? _plan.SelectAmong(_preference, safe) : _plan.SelectAmong(_preference, makes));

        bool HasFallback(int one)
        {
            var configuration = _plan!.Configurations[one];
            var time = TimeOf(configuration);
            var soFar = outlook.Spent[one];
            var stage = double.NegativeInfinity;
            var models = new HashSet<string>(StringComparer.Ordinal);
            foreach (var node in time.NextCalls(soFar))
            {
                stage = Math.Max(stage, time.Of(node) - Math.Max(0, soFar[node]));
                models.UnionWith(configuration.Settings[node]!.Value.Models);
            }

            return models.Count == 0
                || Enumerable.Range(0, fallbacks.Length).Any(i => fallbacks[i] && stage + outlook.Left[i] <= left && Avoids(_plan.Configurations[i], models));
        }
    }

    private WorkflowConfiguration? Quickest(bool[] among, Outlook outlook)
    {
        var quickest = -1;
        for (var i = 0; i < among.Length; i++)
        {
            if (among[i] && (quickest < 0 || outlook.Left[i] < outlook.Left[quickest]))
            {
                quickest = i;
            }
        }

        return quickest < 0 ? null : _plan!.Configurations[quickest];
    }

    /// <summary>
    /// How long one model call may take: as the runtime says, and no longer than until the last moment at which a configuration without the model still
    /// makes the deadline, where the call is expected to be done by then.
    /// </summary>
    (TimeSpan Limit, bool IsFirm)? ISubAgentHost.CallTimeout(RunBinding.Node bound)
    {
        // For the deadline a late answer is better than none.
        if (_options.Deadline is not null && _plan is not null
            && Current.SecondsForCall(bound) is var limit && limit <= TimerLimit.Longest.TotalSeconds
            && (_runtime.CallTimeout is not { } most || limit < most.TotalSeconds))
        {
            return (TimeSpan.FromSeconds(limit), false);
        }

        return _runtime.CallTimeout is { } firm ? (firm, true) : null;
    }

    private double SecondsForCall(RunBinding.Node bound)
    {
        lock (_trace)
        {
            // A call that is not its node's first, a hedge for example, is expected to take what is left of the node's time.
            var node = _graph.IndexOf(bound.Name);
            var spent = IsBegun(node) ? Time.GetElapsedTime(_begun![node]).TotalSeconds : 0;
            var limit = SecondsLeft - Reserve(bound.Setting!.Value.Model);
            return limit > 0 && limit >= TimeOf(Configuration).Of(node) - spent ? limit : double.PositiveInfinity;
        }
    }

    /// <summary>Whether a call can be tried again without using the time that a configuration without its model needs.</summary>
    private bool HasTimeToRetry(int node, string model, TimeSpan delay)
    {
        lock (_trace)
        {
            var reserve = Reserve(model);
            return double.IsPositiveInfinity(reserve) || delay.TotalSeconds + TimeOf(Configuration).Of(node) + reserve <= SecondsLeft;
        }
    }

    /// <summary>The time that the quickest configuration without a model needs; infinite where there is none.</summary>
    private double Reserve(string model)
    {
        HashSet<string> models = [model];
        if (Allowed() is not { } allowed)
        {
            return double.PositiveInfinity;
        }

        var left = OutlookOf(SpentUnder(Fits())).Left;
        return left.Where((_, i) => allowed[i] && Avoids(_plan!.Configurations[i], models)).DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    private RemainingTime TimeOf(WorkflowConfiguration configuration) => RemainingTime.Get(_graph, _plan!, configuration, _options.Sequential);

    /// <summary>What is ahead, where the nodes of each configuration have spent what they have.</summary>
    private Outlook OutlookOf(double[][] spent)
    {
        var elapsed = Time.Since(_start).TotalSeconds;
        return new Outlook(spent, [.. _plan!.Configurations.Select((configuration, i) =>
            TimeOf(configuration).From(spent[i], configuration == Configuration ? elapsed : 0))]);
    }

    /// <summary>What of each configuration's nodes this run has done or begun.</summary>
    private double[][] SpentUnder(ConfigurationFit[] fits)
    {
        var now = Time.GetTimestamp();
        Task[][] tasks = [.. Enumerable.Range(0, _graph.Nodes.Count).Select(Tasks)];
        int[] done = [.. tasks.Select(calls => calls.Count(task => task.IsCompletedSuccessfully))];
        return [.. fits.Select((fit, i) =>
        {
            var configuration = _plan!.Configurations[i];
            var spent = new double[tasks.Length];
            for (var node = 0; node < spent.Length; node++)
            {
                spent[node] = fit.HasEnded(node) ? RemainingTime.Done
                    : !fit.IsSame(node) || !IsBegun(node) ? RemainingTime.NotBegun
                    : Spent(configuration, node, tasks[node].Length, done[node], now);
            }

            return spent;
        })];
    }

    private double Spent(WorkflowConfiguration configuration, int node, int begun, int done, long now)
    {
        var calls = _graph.Nodes[node].Repair is null ? configuration.Structure.Counts[node] : 1;
        return done >= calls ? RemainingTime.Done
            : _options.Sequential ? TimeOf(configuration).OfFirst(node, done)
            : begun < calls ? RemainingTime.NotBegun
            : Time.GetElapsedTime(_begun![node], now).TotalSeconds;
    }

    private bool IsBegun(int node) => _begun is not null && _begun[node] != 0;

    private static bool Avoids(WorkflowConfiguration configuration, HashSet<string> models)
    {
        if (models.Count == 0)
        {
            return true;
        }

        foreach (var settings in configuration.SettingsSpan)
        {
            if (settings is { } own && (own.IsUniform ? models.Contains(own.First.Model) : own.Models.Any(models.Contains)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What one choice knows of each configuration of the plan.</summary>
    /// <param name="Spent">What each of its nodes has spent so far, in seconds.</param>
    /// <param name="Left">How long it still takes, in seconds.</param>
    private sealed record Outlook(double[][] Spent, double[] Left);
}
