using FlowCompile.Graph;
using FlowCompile.Plans;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

/// <summary>
/// The meaning of a graph under a configuration, written as plainly as possible and one call after another: what the generated dispatch
/// is compared with. An output is a list of values: one for each replica, none where a branch was not taken.
/// </summary>
internal sealed class Interpreter(
    WorkflowDescriptor descriptor, object workflow, WorkflowConfiguration configuration, IChatClient model, IReadOnlyList<object?> inputs, int seed)
{
    private readonly WorkflowGraph _graph = descriptor.Graph;
    private readonly Dictionary<string, object?[]> _outputs = [];
    private readonly Dictionary<string, string> _standsFor = [];
    private readonly HashSet<string> _isNothing = []; // what has no output whatever branch is taken

    public SeenOutputs Seen { get; } = new();

    public async Task<object?[]> RunAsync() => await OutputAsync(_graph.Nodes[_graph.Output].Name);

    private async Task<object?[]> OutputAsync(string name)
    {
        if (!_outputs.TryGetValue(name, out var output))
        {
            output = await FindOutputAsync(_graph.Nodes[_graph.IndexOf(name)]);
            _outputs[name] = output;
        }

        return output;
    }

    private async Task<object?[]> FindOutputAsync(GraphNode node)
    {
        var count = configuration.Structure.Counts[_graph.IndexOf(node.Name)];
        if (count == 0 || configuration.Structure.HandsOn(_graph.IndexOf(node.Name)))
        {
            return await PassThroughAsync(node, isKept: count > 0);
        }

        if (!await IsBranchTakenAsync(node))
        {
            return [];
        }

        var values = new List<object?>();
        foreach (var input in node.Inputs)
        {
            switch (input.Kind)
            {
                case InputKind.Workflow:
                    values.Add(InputOf(input.Parameter));
                    break;
                case InputKind.Upstream:
                    var upstream = await OutputAsync(input.Sources[0]);
                    if (upstream.Length == 0)
                    {
                        return [];
                    }

                    values.Add(upstream[0]);
                    break;
                default:
                    var candidates = await CandidatesAsync(input);
                    if (candidates.Length < input.MinBranches)
                    {
                        return candidates.Length < 2 ? candidates : throw new InvalidOperationException("too few candidates");
                    }

                    values.Add(candidates);
                    break;
            }
        }

        if (node.Repair is { } repair)
        {
            return [await RepairAsync(node, repair, count, values)];
        }

        var outputs = new List<object?>();
        for (var replica = 0; replica < count; replica++)
        {
            outputs.Add(await CallAsync(node, replica, 0, values));
        }

        return [.. outputs];
    }

    private async Task<object?> RepairAsync(GraphNode node, RepairLoop repair, int attempts, List<object?> values)
    {
        var test = _graph.Nodes[_graph.IndexOf(repair.Test)];
        var value = (await OutputAsync(repair.Target))[0];
        var report = (await OutputAsync(repair.Test))[0];
        for (var attempt = 0; attempt < attempts && !(report is bool passed ? passed : ((ITestResult)report!).Passed); attempt++)
        {
            value = await CallAsync(node, 0, attempt, Replaced(node, values, value, report));
            if (attempt + 1 < attempts)
            {
                var testValues = test.Inputs.Select(input => input.Kind == InputKind.Workflow ? InputOf(input.Parameter) : null).ToList();
                report = await CallAsync(test, 0, attempt + 1, Replaced(test, testValues, value, report));
            }
        }

        return value;

        List<object?> Replaced(GraphNode called, List<object?> old, object? newValue, object? newReport) =>
        [
            .. called.Inputs.Select((input, i) =>
                input.Kind != InputKind.Upstream ? old[i] : input.Sources[0] == repair.Target ? newValue : input.Sources[0] == repair.Test ? newReport : old[i]),
        ];
    }

    private async Task<object?[]> CandidatesAsync(GraphInput input) => (await NamedCandidatesAsync(input)).SelectMany(candidate => candidate.Output).ToArray();

    // Each with the name of the node that it is an output of.
    private async Task<List<(string Name, object?[] Output)>> NamedCandidatesAsync(GraphInput input)
    {
        var candidates = new List<(string Name, object?[] Output)>();
        foreach (var source in input.Sources)
        {
            var node = _graph.Nodes[_graph.IndexOf(source)];
            var isLeftOut = node.Repair is null && node.MinCount == 0 && configuration.Structure.Counts[_graph.IndexOf(source)] == 0;
            if (isLeftOut)
            {
                continue;
            }

            var output = await OutputAsync(source);
            var name = _standsFor.GetValueOrDefault(source, source);
            if (!_isNothing.Contains(source) && candidates.TrueForAll(other => other.Name != name))
            {
                candidates.Add((name, output));
            }
        }

        return candidates;
    }

    // Two in branches that exclude one another are two candidates, of which one has no output.
    private int Count(string name) => _graph.Nodes[_graph.IndexOf(name)].IsReplicated ? configuration.Structure.Counts[_graph.IndexOf(name)] : 1;

    private async Task<object?[]> PassThroughAsync(GraphNode node, bool isKept)
    {
        if (node.Repair is null && node.Candidates is { } list)
        {
            var candidates = await NamedCandidatesAsync(list);
            if (candidates.Sum(candidate => Count(candidate.Name)) != 1 || !(isKept || node.MinCount == 0 || list.MinBranches == 2))
            {
                _isNothing.Add(node.Name);
                return [];
            }

            _standsFor[node.Name] = candidates[0].Name;
            return candidates[0].Output;
        }

        if (node.Repair is null && node.MinCount > 0)
        {
            _isNothing.Add(node.Name);
            return [];
        }

        var source = node.Repair?.Target
            ?? node.Inputs.FirstOrDefault(input => input.Kind == InputKind.Upstream && input.Type == node.ResultType)?.Sources[0];
        if (source is null)
        {
            return [InputOf(node.Inputs.First(input => input.Kind == InputKind.Workflow && input.Type == node.ResultType).Parameter)];
        }

        var output = await OutputAsync(source);
        _standsFor[node.Name] = _standsFor.GetValueOrDefault(source, source);
        return output;
    }

    private async Task<bool> IsBranchTakenAsync(GraphNode node)
    {
        if (node.Condition is not { } condition)
        {
            return true;
        }

        var route = await OutputAsync(condition.Router);
        var named = condition.IsOtherwise
            ? _graph.Nodes.Where(other => other.Condition?.Router == condition.Router).SelectMany(other => other.Condition!.Values)
            : condition.Values;
        return route.Length == 1 && named.Contains($"\"{route[0]}\"") != condition.IsOtherwise;
    }

    private object? InputOf(string parameter) => inputs[descriptor.InputNames.ToList().IndexOf(parameter)];

    private async Task<object?> CallAsync(GraphNode node, int replica, int attempt, List<object?> values)
    {
        var index = _graph.IndexOf(node.Name);
        var agent = configuration.Settings[index] is not { } settings ? null : new SubAgentContext(
            node.Name,
            settings[node.Repair is null ? replica : attempt],
            model,
            new SubAgentCall { Replica = replica, Attempt = attempt, Seed = RunSeeds.Derive(seed, RunSeeds.OfName(node.Name), replica, attempt), Temperature = node.Temperature },
            _ => { });
        var output = await descriptor.InvokeNodeAsync(workflow, index, values, agent, CancellationToken.None);
        Seen.OnOutput(index, replica, attempt, values, output);
        return output;
    }
}
