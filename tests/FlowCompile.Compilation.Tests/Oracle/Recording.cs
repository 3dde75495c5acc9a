using System.Globalization;
using FlowCompile.Graph;
using FlowCompile.Profiling;
using FlowCompile.Settings;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>
/// A random profile, made up as it is asked for: whatever a run on a case needs to know was recorded there, and so nothing is borrowed.
/// </summary>
internal sealed class Recording(WorkflowGraph graph, int cases, int[] settings, RecordingKind kind, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<(int Case, int Node, int Setting, CallState State), List<RecordedAnswer>> _answers = [];
    private readonly Dictionary<(int Case, int Node, CallState State), string> _routes = [];
    private readonly Dictionary<(int Node, int Setting), int> _tokens = [];
    private readonly Dictionary<int, string[]> _vocabularies = [];

    /// <summary>The price of a generated token.</summary>
    private const double TokenPrice = 0.001;

    public int Cases => cases;

    public RecordingKind Kind => kind;

    /// <summary>Whether calls take the same time on a case whatever they receive and however often they are repeated.</summary>
    public bool HasSteadyTimes { get; init; }

    public static Setting SettingOf(int setting) => new("m" + setting.ToString(CultureInfo.InvariantCulture), 0);

    public double CostOf(int node, int setting) => Tokens(node, setting) * TokenPrice;

    public IReadOnlyList<RecordedAnswer> Of(int theCase, int node, int setting, CallState state)
    {
        // What a repairer or a plain sub-agent receives is right or wrong, and nothing else is known of it.
        if (!_answers.TryGetValue((theCase, node, setting, state), out var answers))
        {
            _answers[(theCase, node, setting, state)] = answers = Make(theCase, node, setting, state);
        }

        return answers;
    }

    public string? RouteOf(int theCase, int node, CallState state)
    {
        if (Vocabulary(node) is not { Length: > 0 } values)
        {
            return null;
        }

        if (!_routes.TryGetValue((theCase, node, state), out var value))
        {
            _routes[(theCase, node, state)] = value = values[_random.Next(values.Length)];
        }

        return value;
    }

    /// <summary>Says what the calls of a sub-agent under its first setting came to.</summary>
    public void Set(int theCase, string node, CallState state, params RecordedAnswer[] answers) =>
        _answers[(theCase, graph.IndexOf(node), 0, state)] = [.. answers];

    /// <summary>Says what a tool returned that something branches on.</summary>
    public void Set(int theCase, string tool, CallState state, string value) => _routes[(theCase, graph.IndexOf(tool), state)] = value;

    /// <summary>The profile as the profiler would have measured it.</summary>
    /// <param name="missing">How likely each call is missing.</param>
    public ProfileTable ToTable(double missing = 0)
    {
        for (var node = 0; node < graph.Nodes.Count; node++)
        {
            if (graph.Nodes[node].Kind == NodeKind.Tool)
            {
                continue;
            }

            for (var theCase = 0; theCase < cases; theCase++)
            {
                for (var setting = 0; setting < settings[node]; setting++)
                {
                    if (graph.Nodes[node].Candidates is null)
                    {
                        Of(theCase, node, setting, new CallState(false, 0, 0));
                        if (graph.Nodes[node].Repair is null)
                        {
                            Of(theCase, node, setting, new CallState(true, 0, 0));
                        }
                    }
                    else
                    {
                        Of(theCase, node, setting, new CallState(true, 1, graph.Nodes[node].Candidates!.MinBranches));
                    }
                }
            }
        }

        var outcomes = new List<ProfiledOutcome>();
        foreach (var ((theCase, node, setting, state), answers) in _answers.OrderBy(pair => pair.Key.Case).ThenBy(pair => pair.Key.Node).ThenBy(pair => pair.Key.Setting))
        {
            for (var repetition = 0; repetition < answers.Count; repetition++)
            {
                if (_random.NextDouble() >= missing)
                {
                    outcomes.Add(new ProfiledOutcome(CellOf(theCase, node, setting, state, repetition), OutcomeOf(node, setting, answers[repetition])));
                }
            }
        }

        var models = Enumerable.Range(0, settings.Max()).Select(setting => SettingOf(setting).Model).ToList();
        var project = new ProjectSettings
        {
            File = "flowcompile.json",
            Models = [.. models.Select(model => new ModelSettings { Name = model, Provider = "none", Source = model, Price = new ModelPrice(0, TokenPrice * 1e6) })],
            Budgets = [0],
            Workflows = [],
        };
        var manifest = new ProfileManifest
        {
            Workflow = graph.Name,
            GraphHash = graph.Hash,
            Cases = cases,
            CasesHash = "sha256:cases",
            Seed = 1,
            Reference = SettingOf(0).ToString(),
            WeakReference = SettingOf(0).ToString(),
            Models = [.. models.Select(model => new ProfiledModel(model, model, null))],
            Concurrency = 1,
            Machine = "none",
        };
        return ProfileTable.From(graph, ProfileSummary.Of(manifest, outcomes, project) with
        {
            Routes = [.. _routes.Select(route => new ProfiledRoute
            {
                Node = graph.Nodes[route.Key.Node].Name,
                CaseId = CaseId(route.Key.Case),
                Variant = route.Key.State.Right ? InputVariant.Strong : InputVariant.Weak,
                InputsRight = route.Key.State.Right,
                RightCandidates = route.Key.State.RightCandidates,
                Candidates = route.Key.State.Candidates,
                Output = route.Value,
            })],
        });
    }

    /// <summary>All answers as text, for a report.</summary>
    public string Describe() => string.Join("\n", _answers.OrderBy(pair => pair.Key.Case).ThenBy(pair => pair.Key.Node).Select(pair =>
        $"  case {pair.Key.Case} {graph.Nodes[pair.Key.Node].Name}={SettingOf(pair.Key.Setting)} on {(pair.Key.State.Right ? "right" : "wrong")} {pair.Key.State.RightCandidates}/{pair.Key.State.Candidates}: "
        + string.Join(", ", pair.Value.Select(answer => $"{answer.Score:0.##} {answer.Value} {answer.Seconds:0.##} s")))
        .Concat(_routes.Select(pair => $"  case {pair.Key.Case} {graph.Nodes[pair.Key.Node].Name} on {(pair.Key.State.Right ? "right" : "wrong")}: {pair.Value}")));

    private static string CaseId(int theCase) => "case" + theCase.ToString(CultureInfo.InvariantCulture);

    private ProfileCell CellOf(int theCase, int node, int setting, CallState state, int repetition) => new()
    {
        Key = $"{theCase}/{node}/{setting}/{state}/{repetition}",
        Node = graph.Nodes[node].Name,
        Setting = SettingOf(setting),
        CaseId = CaseId(theCase),
        CaseHash = CaseId(theCase),
        Variant = state.Right ? InputVariant.Strong : InputVariant.Weak,
        Repetition = repetition,
        InputsRight = state.Right,
        RightCandidates = state.RightCandidates,
        Candidates = state.Candidates,
    };

    private Outcome OutcomeOf(int node, int setting, RecordedAnswer answer) => new()
    {
        Failed = false,
        Score = answer.Score,
        OutputTokens = Tokens(node, setting),
        Latency = TimeSpan.FromSeconds(answer.Seconds),
        Output = answer.Value ?? "\"text\"",
        OutputHash = answer.Value ?? "text",
    };

    private List<RecordedAnswer> Make(int theCase, int node, int setting, CallState state)
    {
        var repetitions = Math.Max(graph.Nodes[node].MaxCount, kind == RecordingKind.Steady ? 1 : _random.Next(1, 4));
        var values = Vocabulary(node);
        var scores = kind switch
        {
            RecordingKind.AllRight => 1.0,
            RecordingKind.AllWrong => 0.0,
            _ => _random.NextDouble() < (state.Right ? 0.7 : 0.25) ? 1.0 : 0.0,
        };
        var value = values.Length == 0 ? null : values[_random.Next(values.Length)];
        var seconds = HasSteadyTimes ? SteadyTime(theCase, node, setting) : _random.Next(1, 41) / 8.0;
        return [.. Enumerable.Range(0, repetitions).Select(_ => kind == RecordingKind.Varied
            ? new RecordedAnswer(
                _random.NextDouble() < 0.15 ? _random.Next(0, 9) / 8.0 : _random.NextDouble() < (state.Right ? 0.7 : 0.25) ? 1 : 0,
                values.Length == 0 ? null : _random.NextDouble() < 0.6 ? value : values[_random.Next(values.Length)],
                HasSteadyTimes ? seconds : _random.Next(1, 41) / 8.0)
            : new RecordedAnswer(scores, value, seconds))];
    }

    private static double SteadyTime(int theCase, int node, int setting) => 0.25 * (1 + (((theCase * 7) + (node * 5) + (setting * 11)) % 13));

    private int Tokens(int node, int setting)
    {
        if (!_tokens.TryGetValue((node, setting), out var tokens))
        {
            _tokens[(node, setting)] = tokens = _random.Next(1, 30);
        }

        return tokens;
    }

    /// <summary>What the branches of a router name, and something that none does.</summary>
    private string[] Vocabulary(int node)
    {
        if (!_vocabularies.TryGetValue(node, out var values))
        {
            var branches = graph.Nodes.Select(other => other.Condition).Where(condition => condition?.Router == graph.Nodes[node].Name).ToList();
            values = [.. branches.SelectMany(condition => condition!.Values).Distinct()];
            _vocabularies[node] = values = branches.Count > 0 ? [.. values, "\"none\""] : values;
        }

        return values;
    }
}
