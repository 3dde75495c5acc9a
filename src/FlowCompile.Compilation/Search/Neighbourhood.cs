using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>The configurations next to one: another setting at one sub-agent, for all its calls or for one of them, or another structure.</summary>
internal sealed class Neighbourhood
{
    private const int MaxStructures = 64;
    private readonly Setting[][] _settings;
    private readonly IReadOnlyList<WorkflowStructure> _structures;
    private readonly int[] _agents;
    private readonly CallOptions _options;

    /// <summary>Creates the neighbourhoods of a workflow.</summary>
    /// <param name="profile">The profile: every setting that was measured counts, those too that are dominated on their own.</param>
    /// <param name="structures">The structures.</param>
    /// <param name="options">What the calls of each sub-agent may run under.</param>
    public Neighbourhood(ProfileTable profile, IReadOnlyList<WorkflowStructure> structures, CallOptions options)
    {
        _options = options;
        _settings = [.. profile.Graph.Nodes.Select((_, node) => profile.Of(node).Select(row => row.Setting).ToArray())];
        _structures = structures;
        _agents = [.. Enumerable.Range(0, _settings.Length).Where(node => profile.Graph.Nodes[node].Kind == NodeKind.SubAgent)];
    }

    /// <summary>The neighbours of a candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="others">Other good candidates, from which sub-agents that join take their settings.</param>
    public IEnumerable<Candidate> Of(Candidate candidate, IReadOnlyList<Candidate> others) =>
        WithOtherSetting(candidate).Concat(WithOtherStructure(candidate, others));

    /// <summary>The configurations that differ from a candidate in the settings of two sub-agents.</summary>
    /// <param name="candidate">The candidate.</param>
    public IEnumerable<Candidate> Pairs(Candidate candidate) => WithOtherSetting(candidate).SelectMany(WithOtherSetting);

    /// <summary>Any configuration, each structure as likely as another, and each setting.</summary>
    /// <param name="random">What to draw from.</param>
    public Candidate Any(Random random)
    {
        var structure = _structures[random.Next(_structures.Count)];
        var settings = new CallSettings?[_settings.Length];
        foreach (var node in _agents.Where(structure.IsCalled))
        {
            var calls = _options.MayDiffer(node, structure.Counts[node]) ? structure.Counts[node] : 1;
            settings[node] = _options.Put(node, [.. Enumerable.Range(0, calls).Select(_ => _settings[node][random.Next(_settings[node].Length)])]);
        }

        return new Candidate(structure, settings);
    }

    private IEnumerable<Candidate> WithOtherSetting(Candidate candidate)
    {
        foreach (var node in _agents.Where(candidate.Structure.IsCalled))
        {
            foreach (var setting in _settings[node].Where(setting => setting != candidate.Settings[node]))
            {
                yield return candidate with { Settings = With(candidate.Settings, node, setting) };
            }

            foreach (var settings in WithOtherCall(node, candidate.Settings[node]!.Value, candidate.Structure.Counts[node]))
            {
                yield return candidate with { Settings = With(candidate.Settings, node, settings) };
            }
        }
    }

    // Another setting at one of several calls. Of replicas under one setting any call stands for the others.
    private IEnumerable<CallSettings> WithOtherCall(int node, CallSettings settings, int calls)
    {
        if (!_options.MayDiffer(node, calls))
        {
            yield break;
        }

        var seen = new HashSet<CallSettings> { settings };
        for (var call = 0; call < calls; call++)
        {
            foreach (var setting in _settings[node])
            {
                var other = _options.Put(node, [.. Enumerable.Range(0, calls).Select(one => one == call ? setting : settings[one])]);
                if (!other.IsUniform && seen.Add(other))
                {
                    yield return other;
                }
            }
        }
    }

    // With fewer calls the first of them, with more the last once more; under one setting where they may not differ.
    private CallSettings? Fit(int node, CallSettings? settings, int calls) => settings is not { IsUniform: false } own || own.Count == calls ? settings
        : !_options.MayDiffer(node, calls) ? own.First
        : _options.Put(node, [.. Enumerable.Range(0, calls).Select(call => own[Math.Min(call, own.Count - 1)])]);

    private IEnumerable<Candidate> WithOtherStructure(Candidate candidate, IReadOnlyList<Candidate> others)
    {
        var near = _structures.Where(structure => !structure.Equals(candidate.Structure))
            .OrderBy(structure => _agents.Sum(node => Math.Abs(structure.Counts[node] - candidate.Structure.Counts[node]))).Take(MaxStructures);
        foreach (var structure in near)
        {
            var kept = new CallSettings?[_settings.Length];
            var joining = new List<int>();
            foreach (var node in _agents.Where(structure.IsCalled))
            {
                kept[node] = Fit(node, candidate.Settings[node], structure.Counts[node]);
                if (kept[node] is null)
                {
                    joining.Add(node);
                }
            }

            foreach (var settings in Fill(kept, structure, joining, others))
            {
                yield return new Candidate(structure, settings);
            }
        }
    }

    private IEnumerable<CallSettings?[]> Fill(CallSettings?[] kept, WorkflowStructure structure, List<int> joining, IReadOnlyList<Candidate> others)
    {
        if (joining.Count == 0)
        {
            yield return kept;
            yield break;
        }

        // The same setting for all that join, as far as each may run under it.
        foreach (var setting in joining.SelectMany(node => _settings[node]).Distinct())
        {
            if (joining.TrueForAll(node => _settings[node].Contains(setting)))
            {
                yield return joining.Aggregate(kept, (settings, node) => With(settings, node, setting));
            }
        }

        foreach (var other in others.Where(other => other.Structure.Equals(structure)))
        {
            yield return joining.Aggregate(kept, (settings, node) => With(settings, node, other.Settings[node]));
        }
    }

    private static CallSettings?[] With(CallSettings?[] settings, int node, CallSettings? setting)
    {
        CallSettings?[] changed = [.. settings];
        changed[node] = setting;
        return changed;
    }
}
