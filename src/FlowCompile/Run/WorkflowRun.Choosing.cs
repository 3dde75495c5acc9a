using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>Which configuration a run takes, first and after a failure.</summary>
public sealed partial class WorkflowRun
{
    private Dictionary<string, long>? _probes; // the models that this run may call though their circuits are open, by until when they were then

    /// <summary>The configuration given, unless it needs a model that the caller must not use.</summary>
    private WorkflowConfiguration Permitted(WorkflowConfiguration configuration) => FirstDenied(configuration) is { } denied
        ? throw new WorkflowException(
            $"Workflow '{_graph.Name}': the configuration '{configuration.Id}' needs the model '{denied}', which this run must not use; choose another configuration.")
        : configuration;

    /// <summary>The plan that takes the place of the compiled one, where there is one.</summary>
    private WorkflowPlan? GivenPlan()
    {
        var given = _options.Plan ?? _runtime.FindPlan(_graph);
        if (given is not null && given.GraphHash != _graph.Hash)
        {
            throw new WorkflowException(
                $"Workflow '{_graph.Name}': the plan given for this run is of another graph ('{given.Workflow}', {given.GraphHash}); compile it again.");
        }

        // Files with such a setting are refused when they are read; what code puts together it may mean.
        if (given?.NotAllowedBy(_graph) is { } notAllowed && notAllowed.IsNew)
        {
            RunLog.NotAllowed(_runtime.Logger, _graph.Name, notAllowed.Problem);
        }

        return given;
    }

    /// <summary>The configuration that the preference chooses, unless it needs a model that the caller must not use or that keeps failing.</summary>
    private WorkflowConfiguration ChooseFirst()
    {
        var chosen = _plan!.Select(_preference);
        if (!_options.DeniesModels && !_models.HasOpenCircuit && _options.Deadline is null)
        {
            return chosen;
        }

        var permitted = Where(configuration => FirstDenied(configuration) is null);
        if (!permitted.Contains(true))
        {
            throw new WorkflowException(
                $"Workflow '{_graph.Name}': every configuration of the plan needs a model that this run must not use ({string.Join(", ", _options.DeniedModels)}).");
        }

        chosen = _plan.SelectStrictly(_preference, permitted);
        chosen = _options.Deadline is null ? chosen : ChooseInTime(permitted, permitted)!;
        if (!_models.HasOpenCircuit)
        {
            return chosen;
        }

        var first = _options.Deadline is null ? SelectHealthy(permitted, permitted) : Healthy(healthy => ChooseInTime(Both(healthy, permitted), permitted));
        first ??= chosen;
        if (first != chosen)
        {
            var failing = DeniedModels.ModelsOf(chosen).Where(IsAvoided);
            var reroute = new Reroute(chosen, first, $"the model {string.Join(", ", failing)} failed in earlier runs", []);
            _trace.Add(reroute);
            RunLog.Rerouted(_runtime.Logger, _graph.Name, chosen.Id, first.Id, reroute.Reason);
        }

        return first;
    }

    /// <summary>
    /// The configuration to go on under: one that avoids everything that failed; if there is one, one that agrees with the calls
    /// that are done and whose models are sound.
    /// </summary>
    private WorkflowConfiguration? ChooseNext()
    {
        if (Allowed() is not { } allowed)
        {
            return null;
        }

        if (_options.Deadline is not null)
        {
            return ChooseNextInTime(allowed);
        }

        var agreeing = Both(allowed, Agreeing(Fits()));
        return SelectHealthy(allowed, agreeing) ?? _plan!.SelectAmong(_preference, agreeing) ?? _plan.SelectAmong(_preference, allowed);
    }

    /// <summary>
    /// The configurations that need no model which this run must not use, and that avoid everything that failed; <see langword="null"/> where a tool
    /// failed, which it does under every configuration.
    /// </summary>
    private bool[]? Allowed()
    {
        var models = new HashSet<string>(StringComparer.Ordinal);
        var cells = new HashSet<(string Node, Setting Setting)>();
        for (var run = this; run is not null; run = run._previous)
        {
            foreach (var failure in run._failures ?? [])
            {
                if (failure.Setting is not { } setting)
                {
                    return null;
                }

                _ = failure.IsModelFailure ? models.Add(setting.Model) : cells.Add((failure.Node, setting));
            }
        }

        return Where(configuration => FirstDenied(configuration) is null && Avoids(configuration, models) && !(cells.Count > 0 && configuration.Settings
            .Where((settings, node) => settings is { } own && own.Distinct.Any(setting => cells.Contains((NameOf(node), setting))))
            .Any()));
    }

    /// <summary>The best configuration without a model whose circuit is open, first among the preferred ones, then among all allowed.</summary>
    private WorkflowConfiguration? SelectHealthy(bool[] allowed, bool[] preferred) => Healthy(healthy =>
        _plan!.SelectAmong(_preference, Both(healthy, preferred)) ?? _plan.SelectAmong(_preference, Both(healthy, allowed)));

    /// <summary>A choice among the configurations without a model whose circuit is open; where its break is over, this run may be the one that probes it.</summary>
    private WorkflowConfiguration? Healthy(Func<bool[], WorkflowConfiguration?> choose)
    {
        var avoided = new HashSet<string>(_models.Names.Where(model => IsAvoided(model) && !MayProbe(model)), StringComparer.Ordinal);
        while (true)
        {
            var best = choose(Where(configuration => Avoids(configuration, avoided)));

            // Of the runs that would probe a model after its break, one does; the others choose again without it.
            var taken = best == Configuration ? null : best?.Settings.OfType<CallSettings>().SelectMany(settings => settings.Models).FirstOrDefault(model => !MayCall(model));
            if (taken is null)
            {
                return best;
            }

            avoided.Add(taken);
        }
    }

    private bool MayProbe(string model) =>
        _probes is not null && _probes.TryGetValue(model, out var until) && _models.Find(model)?.Health.OpenUntil == until;

    private bool MayCall(string model)
    {
        if (_models.Find(model) is not { Health.IsOpen: true } one || MayProbe(model))
        {
            return true;
        }

        var isGranted = one.Health.TryTake(_runtime, out var until);
        if (isGranted)
        {
            (_probes ??= new Dictionary<string, long>(StringComparer.Ordinal))[model] = until;
        }

        return isGranted;
    }

    private bool IsAvoided(string model) => _models.Find(model)?.Health.IsAvoided(_runtime) ?? false;

    private string? FirstDenied(WorkflowConfiguration configuration) => !_options.DeniesModels
        ? null
        : _options.DeniedModels.FirstOrDefault(model => configuration.Settings.Any(settings => settings is { } own && own.Uses(model)));

    private bool[] Where(Func<WorkflowConfiguration, bool> predicate) => [.. _plan!.Configurations.Select(predicate)];

    private static bool[] Both(bool[] one, bool[] other)
    {
        var both = new bool[one.Length];
        for (var i = 0; i < both.Length; i++)
        {
            both[i] = one[i] && other[i];
        }

        return both;
    }

    /// <summary>Which of the plan's configurations have every sub-agent whose calls are done as it is here.</summary>
    private bool[] Agreeing(ConfigurationFit[] fits)
    {
        int[] done = [.. Enumerable.Range(0, _tasks.Length).Where(node =>
            Tasks(node).Any(task => task.IsCompletedSuccessfully) && _trace.HasCalls(NameOf(node), Configuration.Settings[node]))];
        return [.. fits.Select(fit => Array.TrueForAll(done, fit.IsSame))];
    }

    /// <summary>What the plan's configurations have in common with this one, as things are now.</summary>
    private ConfigurationFit[] Fits()
    {
        bool[] sound = [.. Enumerable.Range(0, _tasks.Length).Select(IsSound)];
        return [.. _plan!.Configurations.Select(configuration => Fit(configuration, node => sound[node]))];
    }

    private ConfigurationFit Fit(WorkflowConfiguration configuration) => Fit(configuration, IsSound);

    private ConfigurationFit Fit(WorkflowConfiguration configuration, Func<int, bool> isSound) => new(_graph, Configuration, configuration, isSound, _ended, _binding.Groups);

    // Of replicas that a list does without, those that are done still are.
    private bool IsSound(int node) => _declined?[node] != true && Tasks(node).All(task => task.IsCompletedSuccessfully
        || (HasEndedEarly(node) ? _graph.Nodes[node].IsReplicated && !task.IsFaulted : !task.IsCompleted));

    /// <summary>Takes the tasks over that mean the same here.</summary>
    /// <returns>The names of the sub-agents among them.</returns>
    private List<string> Adopt(WorkflowRun previous)
    {
        var fit = previous.Fit(Configuration);
        List<string> kept = [];
        for (var node = 0; node < _tasks.Length; node++)
        {
            if (fit.HasEndedList(node))
            {
                EndAs(previous, node);
            }

            if (fit.IsSame(node) && previous._tasks[node] is { } tasks)
            {
                var isNeeded = !fit.HasEnded(node);
                _tasks[node] = isNeeded && tasks is Task?[] replicas && previous.HasEndedEarly(node) ? WithoutStopped(replicas) : tasks;
                Keep(node, previous._lists?[node]);
                if (previous.IsBegun(node))
                {
                    _begun ??= new long[_tasks.Length];
                    _begun[node] = previous._begun![node];
                }

                if (Configuration.Settings[node] is not null && Tasks(node).Any(task => isNeeded || task.IsCompletedSuccessfully))
                {
                    kept.Add(NameOf(node));
                }
            }
        }

        return kept;
    }

    private static Task?[] WithoutStopped(Task?[] replicas)
    {
        var kept = (Task?[])replicas.Clone();
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = kept[i] is { IsCompletedSuccessfully: true } done ? done : null;
        }

        return kept;
    }

    /// <summary>Whether something is under way that counts here.</summary>
    private bool IsUnderWay() => Enumerable.Range(0, _tasks.Length).Any(node => !HasEndedEarly(node) && Tasks(node).Any(task => !task.IsCompleted));

    // While replicas are being started, some of them are not there yet.
    private Task[] Tasks(int node) => _tasks[node] switch { Task?[] replicas => [.. replicas.OfType<Task>()], Task task => [task], _ => [] };
}
