using System.Globalization;
using FlowCompile.Compilation.Tests.Oracle;
using FlowCompile.Graph;
using FlowCompile.Profiling;
using FlowCompile.Settings;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>
/// What every call of a workflow comes to, fixed by its node, setting, case, and what it receives; and the profile with one recorded call of each. It is the same
/// in whatever order it is asked.
/// </summary>
internal sealed class World
{
    private const double TokenPrice = 0.001;

    private readonly WorkflowGraph _graph;
    private readonly int _seed;
    private readonly string[][] _values;
    private readonly SortedDictionary<(int Case, int Node, int Setting, CallState State), Answer> _answers = new(Comparer<(int Case, int Node, int Setting, CallState State)>.Create(
        (a, b) => Key(a).CompareTo(Key(b))));

    private readonly Dictionary<(int Case, int Node, CallState State), string> _routes = [];

    /// <summary>Creates a world.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="cases">The number of cases.</param>
    /// <param name="settings">How many settings each sub-agent has, by node.</param>
    /// <param name="seed">What it is made of.</param>
    public World(WorkflowGraph graph, int cases, IReadOnlyList<int> settings, int seed)
    {
        _graph = graph;
        _seed = seed;
        Cases = cases;
        Settings = settings;
        _values = [.. graph.Nodes.Select(node =>
        {
            var branches = graph.Nodes.Select(other => other.Condition).Where(condition => condition?.Router == node.Name).ToList();
            string[] values = [.. branches.SelectMany(condition => condition!.Values).Select(value => value.Trim('"')).Where(Said.IsRight).Distinct()];
            return branches.Count > 0 ? [.. values, "none"] : values;
        })];
    }

    public int Cases { get; }

    /// <summary>How many settings each sub-agent has, by node.</summary>
    public IReadOnlyList<int> Settings { get; }

    /// <summary>
    /// Whether a call depends on its inputs in no other way than that it is wrong where they are, and routers go one way whatever they receive: then means say all.
    /// </summary>
    public bool IsOfMeans => Cases == 1;

    public static Setting SettingOf(int setting) => new("m" + setting.ToString(CultureInfo.InvariantCulture), 0);

    /// <summary>Whether something branches on what a node says.</summary>
    public bool IsRouter(int node) => _values[node].Length > 0;

    /// <summary>The tokens that a call generates.</summary>
    public int Tokens(int node, int setting) => Chance(node, setting, 1).Next(1, 30);

    public double CostOf(int node, int setting) => Tokens(node, setting) * TokenPrice;

    /// <summary>What a call of a sub-agent comes to.</summary>
    public Answer Of(int theCase, int node, int setting, CallState state)
    {
        if (!_answers.TryGetValue((theCase, node, setting, state), out var answer))
        {
            _answers[(theCase, node, setting, state)] = answer = Make(theCase, node, setting, state);
        }

        return answer;
    }

    /// <summary>What a tool says.</summary>
    public string ToolOf(int theCase, int node, CallState state)
    {
        if (!IsRouter(node))
        {
            return Said.Text(_graph.Nodes[node].Name, state.Right);
        }

        if (!_routes.TryGetValue((theCase, node, state), out var value))
        {
            var chance = IsOfMeans ? Chance(node, 2) : Chance(theCase, node, 3, state.Right ? 1 : 0, state.RightCandidates, state.Candidates);
            _routes[(theCase, node, state)] = value = Said.Text(_values[node][chance.Next(_values[node].Length)], state.Right);
        }

        return value;
    }

    /// <summary>Says what the calls of a sub-agent under its first setting come to.</summary>
    public void Set(int theCase, string node, CallState state, Answer answer) => _answers[(theCase, _graph.IndexOf(node), 0, state)] = answer;

    /// <summary>Says what a tool returns that something branches on.</summary>
    public void Set(int theCase, string tool, CallState state, string value) => _routes[(theCase, _graph.IndexOf(tool), state)] = value;

    /// <summary>The profile with one call of everything that was asked, and at least one of every sub-agent under every setting on every case.</summary>
    /// <param name="only">The only case; <see langword="null"/> for all.</param>
    /// <param name="later">How much longer than it did the first recorded call is said to have taken, in seconds.</param>
    public ProfileTable ToTable(int? only = null, double later = 0)
    {
        for (var theCase = 0; theCase < Cases; theCase++)
        {
            for (var node = 0; node < _graph.Nodes.Count; node++)
            {
                for (var setting = 0; setting < (_graph.Nodes[node].Kind == NodeKind.SubAgent ? Settings[node] : 0); setting++)
                {
                    var list = _graph.Nodes[node].Repair is null ? _graph.Nodes[node].Candidates : null;
                    Of(theCase, node, setting, list is null ? new CallState(false, 0, 0) : new CallState(true, 1, list.MinBranches));
                    if (list is null && _graph.Nodes[node].Repair is null)
                    {
                        Of(theCase, node, setting, new CallState(true, 0, 0));
                    }
                }
            }
        }

        var outcomes = _answers.Where(pair => only is null || pair.Key.Case == only).Select((pair, index) => new ProfiledOutcome(
            CellOf(pair.Key.Case, pair.Key.Node, pair.Key.Setting, pair.Key.State), OutcomeOf(pair.Key.Node, pair.Key.Setting, pair.Value, index == 0 ? later : 0))).ToList();
        var models = Enumerable.Range(0, Settings.Max()).Select(setting => SettingOf(setting).Model).ToList();
        var project = new ProjectSettings
        {
            File = "flowcompile.json",
            Models = [.. models.Select(model => new ModelSettings { Name = model, Provider = "none", Source = model, Price = new ModelPrice(0, TokenPrice * 1e6) })],
            Budgets = [0],
            Workflows = [],
        };
        var manifest = new ProfileManifest
        {
            Workflow = _graph.Name,
            GraphHash = _graph.Hash,
            Cases = only is null ? Cases : 1,
            CasesHash = "sha256:cases",
            Seed = 1,
            Reference = SettingOf(0).ToString(),
            WeakReference = SettingOf(0).ToString(),
            Models = [.. models.Select(model => new ProfiledModel(model, model, null))],
            Concurrency = 1,
            Machine = "none",
        };
        return ProfileTable.From(_graph, ProfileSummary.Of(manifest, outcomes, project) with
        {
            Routes = [.. _routes.Where(pair => only is null || pair.Key.Case == only).Select(route => new ProfiledRoute
            {
                Node = _graph.Nodes[route.Key.Node].Name,
                CaseId = CaseId(route.Key.Case),
                Variant = VariantOf(route.Key.State),
                InputsRight = route.Key.State.Right,
                RightCandidates = route.Key.State.RightCandidates,
                Candidates = route.Key.State.Candidates,
                Output = $"\"{route.Value}\"",
            })],
        });
    }

    /// <summary>All that was asked as text, for a report.</summary>
    public string Describe() => string.Join("\n", _answers.Select(pair => string.Create(
            CultureInfo.InvariantCulture,
            $"  case {pair.Key.Case} {_graph.Nodes[pair.Key.Node].Name}={SettingOf(pair.Key.Setting)} on {pair.Key.State}: {(pair.Value.Right ? "right" : "wrong")} {pair.Value.Value} {pair.Value.Seconds} s"))
        .Concat(_routes.Select(pair => $"  case {pair.Key.Case} {_graph.Nodes[pair.Key.Node].Name} on {pair.Key.State}: {pair.Value}")));

    private static (int, int, int, bool, int, int) Key((int Case, int Node, int Setting, CallState State) call) =>
        (call.Case, call.Node, call.Setting, !call.State.Right, call.State.RightCandidates, call.State.Candidates);

    private static string CaseId(int theCase) => "case" + theCase.ToString(CultureInfo.InvariantCulture);

    private static InputVariant VariantOf(CallState state) => state.Right ? InputVariant.Strong : InputVariant.Weak;

    private ProfileCell CellOf(int theCase, int node, int setting, CallState state) => new()
    {
        Key = $"{theCase}/{node}/{setting}/{state}",
        Node = _graph.Nodes[node].Name,
        Setting = SettingOf(setting),
        CaseId = CaseId(theCase),
        CaseHash = CaseId(theCase),
        Variant = VariantOf(state),
        Repetition = 0,
        InputsRight = state.Right,
        RightCandidates = state.RightCandidates,
        Candidates = state.Candidates,
    };

    private Outcome OutcomeOf(int node, int setting, Answer answer, double later) => new()
    {
        Failed = false,
        Score = answer.Right ? 1 : 0,
        OutputTokens = Tokens(node, setting),
        Latency = TimeSpan.FromSeconds(answer.Seconds + later),
        Output = $"\"{Said.Text(answer.Value, answer.Right)}\"",
        OutputHash = Said.Text(answer.Value, answer.Right),
    };

    private Answer Make(int theCase, int node, int setting, CallState state)
    {
        var counts = state.Right || _graph.Nodes[node].Repair is not null;
        if (IsOfMeans)
        {
            var chance = Chance(node, setting, 4);
            return new Answer(chance.NextDouble() < 0.7 && counts, ValueOf(node, Chance(node, 5)), chance.Next(1, 41) / 8.0);
        }

        var own = Chance(theCase, node, setting, 6, state.Right ? 1 : 0, state.RightCandidates, state.Candidates);
        return new Answer(own.NextDouble() < (counts ? 0.7 : 0.25), ValueOf(node, own), own.Next(1, 41) / 8.0);
    }

    private string ValueOf(int node, Random chance) => IsRouter(node) ? _values[node][chance.Next(_values[node].Length)] : _graph.Nodes[node].Name;

    // Seeds that are near each other would toss alike.
    private Random Chance(params ReadOnlySpan<int> key)
    {
        var hash = unchecked(((uint)_seed * 2654435761u) + 17);
        foreach (var part in key)
        {
            hash = unchecked((hash ^ (uint)part) * 2246822519u);
            hash ^= hash >> 15;
        }

        return new Random((int)(hash & int.MaxValue));
    }
}
