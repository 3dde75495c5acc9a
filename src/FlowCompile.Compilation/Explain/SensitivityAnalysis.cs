using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Says where one more point of accuracy, or one second less, would pay most: every sub-agent in turn is made a little better, and the
/// configuration is estimated again with the same proxy.
/// </summary>
/// <remarks>
/// Better by a point means that each of its wrong answers to right inputs (of a repairer, to wrong ones) is right with the same small chance,
/// which together makes a point. Faster means that each of its calls takes the same time less. Under the paired proxy that is done call by
/// call; a router's answers keep the branches that they took.
/// </remarks>
public sealed class SensitivityAnalysis
{
    private const double Point = 0.01;
    private const double Share = 0.01;
    private readonly ProfileTable _profile;
    private readonly CompileOptions _options;
    private readonly BranchProbabilities _branches;
    private readonly bool _isPaired;
    private readonly IProxy _proxy;
    private readonly Dictionary<(int Node, Setting Setting, bool Faster), IProxy> _better = [];

    /// <summary>Creates the analysis.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="options">What was compiled for: the schedule, the proxy, and how often branches are taken.</param>
    public SensitivityAnalysis(ProfileTable profile, CompileOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        _profile = profile;
        _options = options;
        _branches = options.Branches ?? profile.Branches;
        _isPaired = options.Proxy == ProxyKind.Paired && profile.Recorded is not null;
        _proxy = _isPaired ? new PairedProxy(profile.Recorded!, options.Schedule, _branches) : Independent(profile);
    }

    /// <summary>What configurations are estimated with.</summary>
    internal IProxy Proxy => _proxy;

    /// <summary>What improving each sub-agent of a configuration would change, in the order of the graph.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <exception cref="CompileException">A sub-agent was not measured under its setting.</exception>
    public IReadOnlyList<SubAgentSensitivity> Of(WorkflowConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var before = Evaluate(_proxy, configuration);
        return
        [
            .. Enumerable.Range(0, _profile.Graph.Nodes.Count)
                .Where(node => configuration.Structure.IsCalled(node) && _profile.Graph.Nodes[node].Kind == NodeKind.SubAgent)
                .SelectMany(node => configuration.Settings[node]!.Value.Distinct.Select(setting => Of(configuration, node, setting, before))),
        ];
    }

    private SubAgentSensitivity Of(WorkflowConfiguration configuration, int node, Setting setting, CallValues before)
    {
        var settings = configuration.Settings[node]!.Value;
        var row = _profile.Of(node).Where(one => one.Setting == setting).Select(one => (SettingProfile?)one).FirstOrDefault()
            ?? throw new CompileException($"'{_profile.Graph.Nodes[node].Name}' was not measured under {setting}; run 'flowcompile profile' again.");
        var accuracy = row.Accuracy < 1 ? Evaluate(Better(node, row, faster: false), configuration).Accuracy - before.Accuracy : 0;
        var latency = row.LatencySeconds > 0 ? before.Latency - Evaluate(Better(node, row, faster: true), configuration).Latency : 0;
        return new SubAgentSensitivity(
            _profile.Graph.Nodes[node].Name,
            setting,
            settings.IsUniform ? configuration.Structure.Counts[node] : Enumerable.Range(0, settings.Count).Count(call => settings[call] == setting),
            row.Accuracy,
            row.LatencySeconds,
            // Nearer to perfection than a point the step was smaller.
            accuracy == 0 ? 0 : accuracy * Point / (Step(row) * (1 - row.Accuracy)),
            latency == 0 ? 0 : latency / (Share * row.LatencySeconds));
    }

    private IProxy Better(int node, SettingProfile row, bool faster)
    {
        if (!_better.TryGetValue((node, row.Setting, faster), out var proxy))
        {
            proxy = _isPaired
                ? new PairedProxy(
                    _profile.Recorded!.With(node, row.Setting, faster ? call => call with { Latency = Faster(call.Latency, row) } : MoreAccurate(node, row)),
                    _options.Schedule,
                    _branches)
                : Independent(WithRow(node, faster
                    ? row with { LatencySeconds = Faster(row.LatencySeconds, row) }
                    : row with { Accuracy = Math.Min(1, row.Accuracy + (Step(row) * (1 - row.Accuracy))) }));
            _better.Add((node, row.Setting, faster), proxy);
        }

        return proxy;
    }

    // What the row's accuracy is a mean of: the calls whose inputs are right, of a repairer those whose value is wrong, or all where there are none.
    private Func<RecordedCall, RecordedCall> MoreAccurate(int node, SettingProfile row)
    {
        var right = _profile.Graph.Nodes[node].Repair is null;
        var all = !_profile.Recorded!.Of(node, row.Setting).HasCalls(right);
        return call => all || call.State.AllRight == right ? call with { Score = call.Score + (Step(row) * (1 - call.Score)) } : call;
    }

    private static double Faster(double seconds, SettingProfile row) => Math.Max(0, seconds - (Share * row.LatencySeconds));

    // The chance of a wrong answer to be right instead that makes a point of accuracy.
    private static double Step(SettingProfile row) => Math.Min(1, Point / (1 - row.Accuracy));

    private static CallValues Evaluate(IProxy proxy, WorkflowConfiguration configuration)
    {
        if (proxy is PairedProxy paired)
        {
            return paired.Evaluate(configuration.Structure, configuration.Settings);
        }

        var estimate = proxy.Estimate(configuration);
        return new CallValues(estimate.Accuracy, estimate.LatencySeconds, estimate.Cost);
    }

    private IndependentProxy Independent(ProfileTable profile) => new(profile, _options.Schedule, _branches);

    private ProfileTable WithRow(int node, SettingProfile changed) => new(_profile.Graph, _profile.Graph.Nodes
        .Select((one, i) => (one, i)).Where(pair => pair.one.Kind == NodeKind.SubAgent)
        .ToDictionary(pair => pair.one.Name, pair => (IReadOnlyList<SettingProfile>)(pair.i == node
            ? [.. _profile.Of(pair.i).Select(row => row.Setting == changed.Setting ? changed : row)]
            : _profile.Of(pair.i))));
}
