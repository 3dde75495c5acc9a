using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;

namespace FlowCompile.Compilation;

/// <summary>Explains a compiled frontier: why a configuration is on it or not, and where improving a sub-agent would pay. It makes no call.</summary>
public sealed class FrontierExplainer
{
    private readonly ProfileTable _profile;
    private readonly CompileOptions _options;
    private readonly WorkflowPlan _plan;
    private readonly CompiledFrontier _compiled;
    private readonly WorkflowConfiguration[] _frontier;
    private readonly MeasuredSettings _measured;
    private readonly SensitivityAnalysis _sensitivity;
    private readonly ObjectiveOrder _order;

    /// <summary>Creates the explainer of a frontier.</summary>
    /// <param name="profile">The profile it was compiled from.</param>
    /// <param name="options">What it was compiled for.</param>
    /// <param name="compiled">The frontier.</param>
    /// <param name="dropped">The settings that a race dropped, with the reasons; none by default.</param>
    public FrontierExplainer(ProfileTable profile, CompileOptions options, CompiledFrontier compiled, IReadOnlyList<DroppedSetting>? dropped = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compiled);
        _profile = profile;
        _options = options;
        (_compiled, _plan) = (compiled, compiled.Plan);
        _frontier = [.. _plan.Configurations, .. compiled.Folded.Select(one => one.Configuration)];
        _measured = new MeasuredSettings(profile, options.Space, dropped ?? []);
        _sensitivity = new SensitivityAnalysis(profile, options);
        _order = new ObjectiveOrder(options.Objectives);
    }

    /// <summary>What improving each sub-agent of a configuration would change, in the order of the graph.</summary>
    /// <param name="configuration">The configuration.</param>
    public IReadOnlyList<SubAgentSensitivity> SensitivitiesOf(WorkflowConfiguration configuration) => _sensitivity.Of(configuration);

    /// <summary>Explains a configuration.</summary>
    /// <param name="text">
    /// An id of the frontier (<c>c01</c>), or the configuration as text: each sub-agent that runs with its setting,
    /// <c>Programmer=mini@16 GenerateSolver*2=nano@0</c>.
    /// </param>
    /// <exception cref="CompileException">The frontier has no such id, or the text is no configuration; the message says what there is.</exception>
    public ConfigurationExplanation Explain(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        text = text.Trim();
        if (!text.Contains('=', StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace))
        {
            return OnFrontier(_frontier.FirstOrDefault(one => one.Id == text) ?? throw new CompileException(
                $"The frontier has no configuration '{text}'; it has {_plan.Configurations[0]} to {_plan.Configurations[^1]}, and others are written SubAgent=model@budget, each that runs."));
        }

        var (counts, settings) = ConfigurationText.Read(_profile.Graph, text, out var aside);
        string? problem = null;
        if ((ConfigurationText.StructureOf(_profile.Graph, counts, aside) ?? StructureOf(counts, out problem)) is not { } structure)
        {
            return new ConfigurationExplanation { Text = text, Verdict = ConfigurationVerdict.Impossible, Reasons = [problem!] };
        }

        return Explain(new WorkflowConfiguration("asked", structure, settings));
    }

    /// <summary>Explains a configuration.</summary>
    /// <param name="configuration">The configuration. The estimate that it may carry is ignored.</param>
    public ConfigurationExplanation Explain(WorkflowConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var text = configuration.ToText(_profile.Graph);
        if (_frontier.FirstOrDefault(one => one.Structure.Equals(configuration.Structure) && one.Settings.SequenceEqual(configuration.Settings)) is { } found)
        {
            return OnFrontier(found);
        }

        if (_measured.Missing(configuration) is { Count: > 0 } missing)
        {
            return new ConfigurationExplanation { Text = text, Verdict = ConfigurationVerdict.NotMeasured, Reasons = missing };
        }

        var estimated = new WorkflowConfiguration(configuration.Id, configuration.Structure, configuration.Settings, _sensitivity.Proxy.Estimate(configuration));
        var forbidden = _measured.Forbidden(configuration);
        var better = BetterThan(estimated);
        var verdict = forbidden.Count > 0 ? ConfigurationVerdict.Forbidden
            : better.Count == 0 ? ConfigurationVerdict.Overlooked
            : better.TrueForAll(one => _order.AreEqual(one.By.Estimate!, estimated.Estimate!)) ? ConfigurationVerdict.Equal
            : ConfigurationVerdict.Dominated;
        return new ConfigurationExplanation
        {
            Text = text,
            Verdict = verdict,
            Configuration = estimated,
            Reasons = [.. forbidden, .. _measured.Dominated(configuration, _order)],
            DominatedBy = better,
            Sensitivities = _sensitivity.Of(estimated),
        };
    }

    private ConfigurationExplanation OnFrontier(WorkflowConfiguration configuration)
    {
        var folded = _compiled.Folded.FirstOrDefault(one => one.Configuration == configuration);
        return new ConfigurationExplanation
        {
            Text = configuration.ToText(_profile.Graph),
            Verdict = folded is null ? ConfigurationVerdict.OnFrontier : ConfigurationVerdict.Folded,
            Configuration = configuration,
            Folded = folded,
            StandsFor = [.. _compiled.Folded.Where(one => one.Into == configuration).OrderByDescending(one => one.Configuration.Estimate!.RecordedAccuracy)],
            BeatsByNoise = folded is null ? BeatenByNoise(configuration) : null,
            Sensitivities = _sensitivity.Of(configuration),
        };
    }

    private NoiseRival? BeatenByNoise(WorkflowConfiguration configuration) => _compiled.Differences is not { } differences ? null : _compiled.Rivals
        .Where(other => _order.SpendsNoMore(other.Estimate!, configuration.Estimate!) && other.Estimate!.RecordedAccuracy < configuration.Estimate!.RecordedAccuracy)
        .OrderBy(other => SingleSubAgentsPass.Calls(_profile.Graph, other.Structure)).ThenBy(other => other.Estimate!.LatencySeconds)
        .Select(other => new NoiseRival(other, differences.Between(configuration, other)))
        .FirstOrDefault(one => !one.Difference.IsToldApart);

    // Those that are most accurate without being slower say most; the frontier is in order of latency.
    private List<Domination> BetterThan(WorkflowConfiguration configuration) =>
    [
        .. _frontier.Where(one => _order.Covers(one.Estimate!, configuration.Estimate!))
            .Select(one => Domination.Of(one, configuration.Estimate!) with { Difference = _compiled.Differences?.Between(one, configuration) })
            .OrderByDescending(one => one.AccuracyGain).ThenByDescending(one => one.SecondsSaved),
    ];

    // What the text does not name does not run, as far as there is a choice.
    private WorkflowStructure? StructureOf(int[] counts, out string? problem)
    {
        var nodes = _profile.Graph.Nodes;
        var tooOften = Enumerable.Range(0, counts.Length).FirstOrDefault(i => counts[i] > nodes[i].MaxCount, -1);
        if (tooOften >= 0)
        {
            problem = FormattableString.Invariant($"'{nodes[tooOften].Name}' runs {nodes[tooOften].MinCount} to {nodes[tooOften].MaxCount} times, not {counts[tooOften]}");
            return null;
        }

        int[] choice = [.. counts.Select((count, i) => nodes[i].Kind == NodeKind.Tool ? nodes[i].MaxCount : Math.Max(count, nodes[i].MinCount))];
        var structure = new StructureSpace(_profile.Graph).TryResolve(choice, out problem);
        for (var i = 0; structure is not null && i < counts.Length; i++)
        {
            var runs = structure.IsActive(i) ? structure.Counts[i] : 0;
            if (nodes[i].Kind == NodeKind.SubAgent && runs != counts[i] && (counts[i] > 0 || structure.IsCalled(i)))
            {
                problem = runs == 0 ? $"'{nodes[i].Name}' does not run in it: the output does not need it, or it passes its only candidate on"
                    : counts[i] == 0 ? $"'{nodes[i].Name}' runs in it too, and needs a setting"
                    : FormattableString.Invariant($"'{nodes[i].Name}' runs {runs} times in it, not {counts[i]}");
                return null;
            }
        }

        return structure;
    }
}
