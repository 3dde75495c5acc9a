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
        var spent = Enumerable.Repeat(RemainingTime.NotBegun, _graph.Nodes.Count).ToArray();
        return BestInTime(among, fallbacks, _ => spent) ?? Quickest(among, _ => spent);
    }

    /// <summary>The choice after a failure; <see langword="null"/> where no configuration is left.</summary>
    private WorkflowConfiguration? ChooseNextInTime(bool[] allowed)
    {
        var spent = SpentUnder();
        var agreeing = Both(allowed, Where(AgreesWithWhatIsDone));
        return Healthy(healthy => BestInTime(Both(healthy, agreeing), allowed, spent)
            ?? BestInTime(Both(healthy, allowed), allowed, spent)
            ?? Quickest(Both(healthy, allowed), spent)) ?? Quickest(allowed, spent);
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
        var spent = SpentUnder();
        // First without losing anything, then without redoing anything, then at all.
        var fits = _plan!.Configurations.Select(Fit).ToList();
        var agreeing = Where(configuration => configuration == Configuration || AgreesWithWhatIsDone(configuration));
        var keeping = new bool[agreeing.Length];
        for (var i = 0; i < keeping.Length; i++)
        {
            keeping[i] = agreeing[i] && (_plan.Configurations[i] == Configuration
                || Enumerable.Range(0, _graph.Nodes.Count).All(node => !IsBegun(node) || HasEndedEarly(node) || fits[i].IsSame(node)));
        }

        return Healthy(healthy =>
        {
            var sound = Both(healthy, allowed);
            sound[_plan.IndexOf(Configuration)] = true;
            return BestInTime(Both(sound, keeping), sound, spent) ?? BestInTime(Both(sound, agreeing), sound, spent) ?? BestInTime(sound, sound, spent) ?? LeastLate(sound);
        })!;

        // None makes it.
        WorkflowConfiguration LeastLate(bool[] sound)
        {
            var quickest = Quickest(sound, spent)!;
            return Left(quickest, spent(quickest)) < Left(Configuration, spent(Configuration)) ? quickest : Configuration;
        }
    }

    /// <summary>The best by preference of some configurations that make it: with the time for a fallback, or else without.</summary>
    /// <param name="among">Those to choose from.</param>
    /// <param name="fallbacks">Those that may be a fallback.</param>
    /// <param name="spent">What each node of a configuration has spent.</param>
    private WorkflowConfiguration? BestInTime(bool[] among, bool[] fallbacks, Func<WorkflowConfiguration, double[]> spent)
    {
        var left = SecondsLeft;
        var times = _plan!.Configurations.Select(configuration => Left(configuration, spent(configuration))).ToArray();
        var makes = among.Select((isIn, i) => isIn && times[i] <= left).ToArray();
        var safe = makes.Select((isIn, i) => isIn && HasFallback(_plan.Configurations[i])).ToArray();
        return _plan.TrySelectAmong(_preference, safe) ?? _plan.TrySelectAmong(_preference, makes)
            ?? (safe.Contains(true) ? _plan.SelectAmong(_preference, safe) : _plan.SelectAmong(_preference, makes));

        bool HasFallback(WorkflowConfiguration configuration)
        {
            var time = TimeOf(configuration);
            var soFar = spent(configuration);
            var next = time.NextCalls(soFar).ToList();
            if (next.Count == 0)
            {
                return true;
            }

            var stage = next.Max(node => time.Of(node) - Math.Max(0, soFar[node]));
            var models = next.Select(node => configuration.Settings[node]!.Value.Model).ToHashSet(StringComparer.Ordinal);
            return fallbacks.Where((isIn, i) => isIn && stage + times[i] <= left && Avoids(_plan.Configurations[i], models)).Any();
        }
    }

    private WorkflowConfiguration? Quickest(bool[] among, Func<WorkflowConfiguration, double[]> spent) =>
        _plan!.Configurations.Where((_, i) => among[i]).MinBy(configuration => Left(configuration, spent(configuration)));

    /// <summary>
    /// How long one model call may take: as the runtime says, and no longer than until the last moment at which a configuration without the model still
    /// makes the deadline, where the call is expected to be done by then.
    /// </summary>
    TimeSpan? ISubAgentHost.CallTimeout(RunBinding.Node bound)
    {
        if (_options.Deadline is null || _plan is null)
        {
            return _runtime.CallTimeout;
        }

        var limit = Current.SecondsForCall(bound);
        return limit <= TimerLimit.Longest.TotalSeconds && (_runtime.CallTimeout is not { } most || limit < most.TotalSeconds)
            ? TimeSpan.FromSeconds(limit)
            : _runtime.CallTimeout;
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
    private bool HasTimeToRetry(int node, TimeSpan delay)
    {
        lock (_trace)
        {
            var reserve = Reserve(Configuration.Settings[node]!.Value.Model);
            return double.IsPositiveInfinity(reserve) || delay.TotalSeconds + TimeOf(Configuration).Of(node) + reserve <= SecondsLeft;
        }
    }

    /// <summary>The time that the quickest configuration without a model needs; infinite where there is none.</summary>
    private double Reserve(string model)
    {
        HashSet<string> models = [model];
        var spent = SpentUnder();
        var allowed = Allowed() ?? [];
        return allowed.Length == 0 ? double.PositiveInfinity : _plan!.Configurations.Where((configuration, i) => allowed[i] && Avoids(configuration, models))
            .Select(configuration => Left(configuration, spent(configuration))).DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    private RemainingTime TimeOf(WorkflowConfiguration configuration) => RemainingTime.Get(_graph, _plan!, configuration, _options.Sequential);

    private double Left(WorkflowConfiguration configuration, double[] spent) => TimeOf(configuration).From(
        spent, configuration == Configuration ? Time.GetElapsedTime(_start).TotalSeconds : 0);

    /// <summary>What of each configuration's nodes this run has done or begun.</summary>
    private Func<WorkflowConfiguration, double[]> SpentUnder()
    {
        var now = Time.GetTimestamp();
        return configuration =>
        {
            var fit = Fit(configuration);
            return [.. Enumerable.Range(0, _graph.Nodes.Count).Select(node => Spent(configuration, fit, node, now))];
        };
    }

    private double Spent(WorkflowConfiguration configuration, ConfigurationFit fit, int node, long now)
    {
        var tasks = Tasks(node);
        var count = configuration.Structure.Counts[node];
        if (fit.HasEnded(node))
        {
            return RemainingTime.Done;
        }

        if (!fit.IsSame(node) || !IsBegun(node))
        {
            return RemainingTime.NotBegun;
        }

        var done = tasks.Count(task => task.IsCompletedSuccessfully);
        var calls = _graph.Nodes[node].Repair is null ? count : 1;
        return done >= calls ? RemainingTime.Done
            : _options.Sequential ? TimeOf(configuration).Of(node) * done / calls
            : tasks.Length < calls ? RemainingTime.NotBegun
            : Time.GetElapsedTime(_begun![node], now).TotalSeconds;
    }

    private bool IsBegun(int node) => _begun is not null && _begun[node] != 0;

    private static bool Avoids(WorkflowConfiguration configuration, HashSet<string> models) =>
        !configuration.Settings.Any(setting => setting is { } one && models.Contains(one.Model));
}
