using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>The probability that a workflow is right on one case, by going through every course of events node by node.</summary>
internal sealed class PairedOracle(RandomRecords records, WorkflowStructure structure, IReadOnlyList<CallSettings?> settings, BranchProbabilities branches, int one)
{
    private readonly WorkflowGraph _graph = records.Graph;
    private readonly StructureSpace _space = new(records.Graph);
    private readonly int?[] _right = new int?[records.Graph.Nodes.Count];
    private readonly string?[] _branch = new string?[records.Graph.Nodes.Count];

    private readonly Dictionary<(int Node, InputState State), double> _states = [];
    private readonly bool[] _failed = new bool[records.Graph.Nodes.Count];
    private double _weight = 1;

    public double Probability() => Probability(0);

    /// <summary>What may be right in the inputs of each sub-agent, and how probably; of graphs without branches.</summary>
    public IReadOnlyDictionary<(int Node, InputState State), double> States()
    {
        Probability();
        return _states;
    }

    private double Probability(int place)
    {
        if (place == _graph.Order.Count)
        {
            return IsRight(_space.ResolveOutput(structure, _graph.Output)) ? 1 : 0;
        }

        var node = _graph.Order[place];
        return IsRouter(node) && (structure.IsActive(node) || Resolve(_graph.Nodes[node].Name) != node) ? Routed(node, place)
            : structure.IsActive(node) ? Ran(node, place)
            : Probability(place + 1);
    }

    private double Ran(int node, int place)
    {
        if (StateOf(node) is { } state)
        {
            _states[(node, state)] = _states.GetValueOrDefault((node, state)) + _weight;
        }

        var before = _weight;
        var probability = Outcomes(node).Sum(outcome =>
        {
            (_right[node], _weight) = (outcome.Right, before * outcome.Probability);
            return outcome.Probability == 0 ? 0 : outcome.Probability * Probability(place + 1);
        });
        _weight = before;
        return probability;
    }

    private double Routed(int node, int place)
    {
        var values = branches.Of(_graph, _graph.Nodes[node].Name);
        var resolved = _space.ResolveOutput(structure, node);
        var state = resolved == node ? StateOf(node) : null;
        var called = resolved == node && _graph.Nodes[node].Kind == NodeKind.SubAgent;
        if (!called || state is null)
        {
            // What a tool returns is known of some cases; else, as of what stands for a router, each value is taken as often as is known
            // beforehand. What stands for it runs at its own place.
            _right[node] = resolved != node ? null : state is not { } known ? null : known.AllRight ? 1 : 0;
            var isRecorded = state is not null && branches.IsMeasured && records.Routes.ContainsKey(node);
            return values.Sum(value =>
            {
                _branch[node] = value.Value;
                var probability = isRecorded ? RouteShare(node, state!.Value, value.Value, values) : value.Probability;
                return probability == 0 ? 0 : probability * Probability(place + 1);
            });
        }

        var calls = Like(node, state.Value, settings[node]!.Value.First);
        return calls.Sum(group => group.Weight * group.Calls.Sum(call => new[] { (0, 1 - call.Score), (1, call.Score) }.Sum(outcome =>
        {
            _right[node] = outcome.Item1;
            _branch[node] = Way(call.Output!, values);
            return outcome.Item2 * Probability(place + 1);
        }) / group.Calls.Count));
    }

    /// <summary>How often a tool goes one way on this case.</summary>
    private double RouteShare(int node, InputState wanted, string value, IReadOnlyList<(string Value, double Probability)> values)
    {
        var routes = records.Routes[node];
        var state = routes.Select(route => route.State).MinBy(other => (other.DistanceTo(wanted), other.Candidates, other.RightCandidates));
        double Share(int of, InputState given, string way) => On(of, given).Average(route => Way(route.Output, values) == way ? 1.0 : 0);
        List<RecordedRoute> On(int of, InputState given) => [.. routes.Where(route => route.Case == of && route.State == given)];
        if (On(one, state).Count > 0)
        {
            return Share(one, state, value);
        }

        var others = routes.Where(route => route.Case == one).Select(route => route.State).Distinct().ToList();
        var lenders = routes.Where(route => route.State == state).Select(route => route.Case).Distinct().ToList();
        var weights = lenders.ConvertAll(lender =>
        {
            var common = others.FindAll(other => On(lender, other).Count > 0);
            return common.Count == 0 ? 0 : common.Average(other => values.Sum(way => Math.Min(Share(one, other, way.Value), Share(lender, other, way.Value))));
        });
        return weights.Sum() > 0 ? lenders.Zip(weights, (lender, weight) => weight * Share(lender, state, value)).Sum() / weights.Sum()
            : others.Count > 0 ? others.Average(other => Share(one, other, value))
            : lenders.Average(lender => Share(lender, state, value));
    }

    private static string Way(string output, IReadOnlyList<(string Value, double Probability)> values) =>
        values.Any(value => value.Value == output) ? output : BranchProbabilities.Other;

    private IEnumerable<(int? Right, double Probability)> Outcomes(int node)
    {
        var own = _graph.Nodes[node];
        if (StateOf(node) is not { } state)
        {
            return [(null, 1)];
        }

        if (own.Candidates is { } candidates && state.Candidates < candidates.MinBranches)
        {
            return [(state.RightCandidates, 1)];
        }

        if (own.Repair is { } repair)
        {
            return IsRight(Resolve(repair.Target)) ? [(1, 1)] : !state.AllRight ? [(0, 1)] : Repairs(node);
        }

        return own.Kind == NodeKind.Tool ? [(state.AllRight ? 1 : 0, 1)] : Draws(node, state).Select(pair => ((int?)pair.Right, pair.Probability));
    }

    private IEnumerable<(int? Right, double Probability)> Repairs(int node)
    {
        var mended = Draws(node, InputState.Wrong).Where(pair => pair.Right > 0).Sum(pair => pair.Probability);
        return [(1, mended), (0, 1 - mended)];
    }

    // Calls under different settings have nothing in common but the case.
    private IEnumerable<(int Right, double Probability)> Draws(int node, InputState state) => settings[node]!.Value is { IsUniform: false } each
        ? Enumerable.Range(0, each.Count).GroupBy(call => each[call]).Select(own => Draws(node, state, own.Key, own.Count())).Aggregate((all, own) =>
            [.. all.SelectMany(one => own.Select(other => (Right: one.Right + other.Right, Probability: one.Probability * other.Probability)))
                .GroupBy(pair => pair.Right).Select(group => (group.Key, group.Sum(pair => pair.Probability)))])
        : Draws(node, state, settings[node]!.Value.First, structure.Counts[node]);

    // Every way to take so many of the recorded calls, one after another; those beyond are right as those before them and supposed ones are.
    private IEnumerable<(int Right, double Probability)> Draws(int node, InputState state, Setting setting, int count)
    {
        var like = Like(node, state, setting);
        var (mean, alike) = Law([.. records.Calls[(node, setting)].Where(call => call.State == like[0].Calls[0].State)
            .GroupBy(call => call.Case).Select(group => group.Select(call => call.Score).ToList())]);
        return like.SelectMany(lender =>
            {
                var beyond = Math.Max(0, count - lender.Calls.Count);
                return from taken in Take(lender.Calls, count - beyond)
                       from further in Further(beyond, lender.Calls.Sum(call => call.Score), lender.Calls.Count)
                       select (Right: taken.Right + further.Right, Probability: taken.Probability * further.Probability * lender.Weight);
            })
            .GroupBy(pair => pair.Right).Select(group => (group.Key, group.Sum(pair => pair.Probability)));

        IEnumerable<(int Right, double Probability)> Further(int calls, double right, int before)
        {
            if (calls == 0)
            {
                return [(0, 1)];
            }

            // (1 - alike) / alike supposed calls, both sides multiplied by alike; where that is not known, what is drawn changes nothing.
            var probability = alike is { } known ? (((1 - known) * mean) + (known * right)) / (1 - known + (known * before)) : right / before;
            if (alike is null)
            {
                return Further(calls - 1, right, before).SelectMany(rest => new[] { (rest.Right + 1, rest.Probability * probability), (rest.Right, rest.Probability * (1 - probability)) });
            }

            return Further(calls - 1, right + 1, before + 1).Select(rest => (rest.Right + 1, rest.Probability * probability))
                .Concat(Further(calls - 1, right, before + 1).Select(rest => (rest.Right, rest.Probability * (1 - probability))));
        }
    }

    // How often calls are right over the cases, and how alike those on one case are: by every pair of calls.
    private static (double Mean, double? Alike) Law(List<List<double>> cases)
    {
        var mean = cases.Average(scores => scores.Average());
        var within = cases.Where(scores => scores.Count > 1).Select(scores => Pairs(scores).Average(pair => pair.First * pair.Second)).ToList();
        var between = cases.Count == 1 ? mean : Pairs(cases).Average(pair => pair.First.Average() * pair.Second.Average());
        return within.Count == 0 || mean - between < 1e-9 ? (mean, null) : (mean, Math.Clamp((within.Average() - between) / (mean - between), 0, 1));

        static IEnumerable<(T First, T Second)> Pairs<T>(List<T> of) => of.SelectMany((first, i) => of.Skip(i + 1).Select(second => (first, second)));
    }

    private static IEnumerable<(int Right, double Probability)> Take(List<RecordedCall> calls, int count)
    {
        if (count == 0)
        {
            return [(0, 1)];
        }

        return calls.SelectMany((call, i) => Take([.. calls.Where((_, j) => j != i)], count - 1).SelectMany(rest => new[]
        {
            (rest.Right + 1, rest.Probability * call.Score / calls.Count),
            (rest.Right, rest.Probability * (1 - call.Score) / calls.Count),
        }));
    }

    /// <summary>The calls on this case with such inputs; else those of all cases, case by case, weighted by how like this one they are.</summary>
    private List<(double Weight, List<RecordedCall> Calls)> Like(int node, InputState state, Setting setting)
    {
        var all = records.Calls[(node, setting)];
        var own = all.Where(call => call.Case == one && call.State == state).ToList();
        if (own.Count > 0)
        {
            return [(1, own)];
        }

        var nearest = all.Select(call => call.State).Distinct()
            .MinBy(other => (state.DistanceTo(other), other.Candidates, other.RightCandidates));
        var weighted = all.Where(call => call.State == nearest).GroupBy(call => call.Case).Select(group => (Weight: Likeness(group.Key), Calls: group.ToList())).ToList();
        var total = weighted.Sum(group => group.Weight);
        return [.. weighted.Select(group => (group.Weight / total, group.Calls))];

        double Likeness(int other)
        {
            var ownDistance = Drawn(Higher(all.Where(call => call.State != nearest), all, one)) - Drawn(Higher(all.Where(call => call.State != nearest), all, other));
            var distance = Mean(OfOthers(node, one)) - Mean(OfOthers(node, other));
            return Math.Pow(1 + ((ownDistance * ownDistance) + (distance * distance)) / 0.01, -2);
        }
    }

    // How much higher each call of a case scored than all with such inputs.
    private static List<double> Higher(IEnumerable<RecordedCall> calls, IReadOnlyList<RecordedCall> all, int of) =>
        [.. calls.Where(call => call.Case == of).Select(call => call.Score - all.Where(other => other.State == call.State).Average(other => other.Score))];

    private List<double> OfOthers(int node, int of) => [.. records.Calls.Where(pair => pair.Key.Node != node).SelectMany(pair => Higher(pair.Value, pair.Value, of))];

    private static double Drawn(List<double> values) => values.Sum() / (values.Count + 1);

    private static double Mean(List<double> values) => values.Count == 0 ? 0 : values.Average();

    /// <summary>What is right in a node's inputs; null where it does not run.</summary>
    private InputState? StateOf(int node)
    {
        var own = _graph.Nodes[node];
        var (end, _) = RunOrder.Of(
            _graph, structure, node, Takes, source => _failed[source] ? RunEnd.Error : IsPresent(source) ? RunEnd.Output : RunEnd.Nothing);
        _failed[node] = end == RunEnd.Error;
        if (end != RunEnd.Output)
        {
            return null;
        }

        var (allRight, right, present) = (true, 0, 0);
        foreach (var input in InputsOf(own))
        {
            var sources = _space.ResolveSources(structure, node, input).ToList();
            if (input.Kind == InputKind.Candidates)
            {
                present += sources.Where(IsPresent).Sum(source => source >= 0 && _graph.Nodes[source].IsReplicated ? structure.Counts[source] : 1);
                right += sources.Where(IsPresent).Sum(source => source < 0 ? 1 : _right[source]!.Value);
            }
            else if (own.Repair is null || sources[0] != Resolve(own.Repair.Target))
            {
                if (!IsPresent(sources[0]))
                {
                    return null;
                }

                allRight &= IsRight(sources[0]);
            }
        }

        var takesCandidates = InputsOf(own).Any(input => input.Kind == InputKind.Candidates);
        return takesCandidates && present == 0 ? null : new InputState(allRight && (!takesCandidates || right > 0), right, present);
    }

    private IEnumerable<GraphInput> InputsOf(GraphNode own) => own.Repair is not { } repair ? own.Inputs
        : own.Inputs.Where(input => !input.Sources.Contains(repair.Test)).Concat(_graph.Nodes[_graph.IndexOf(repair.Test)].Inputs);

    private bool Takes(BranchCondition condition)
    {
        var router = _graph.IndexOf(condition.Router);
        return IsPresent(Resolve(condition.Router)) && (condition.IsOtherwise
            ? !_graph.Nodes.Any(other => other.Condition?.Router == condition.Router && other.Condition.Values.Contains(_branch[router]!))
            : condition.Values.Contains(_branch[router]!));
    }

    private bool IsRouter(int node) => _graph.Nodes.Any(other => other.Condition?.Router == _graph.Nodes[node].Name);

    private bool IsPresent(int node) => node < 0 || _right[node] is not null;

    private bool IsRight(int node) => node < 0 || _right[node] > 0;

    private int Resolve(string name) => _space.ResolveOutput(structure, _graph.IndexOf(name));
}
