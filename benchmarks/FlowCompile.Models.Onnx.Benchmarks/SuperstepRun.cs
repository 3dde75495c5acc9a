using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Models.Onnx.Benchmarks;

/// <summary>
/// A configuration as a bulk-synchronous host runs it: all nodes of a level at once, and a barrier before the next level. For workflows without
/// branches and repair loops.
/// </summary>
internal sealed class SuperstepRun
{
    private readonly object _workflow;
    private readonly ModelCatalog _models;
    private readonly WorkflowConfiguration _configuration;
    private readonly WorkflowGraph _graph = Sample.Descriptor.Graph;
    private readonly StructureSpace _space = new(Sample.Descriptor.Graph);
    private readonly List<List<int>> _levels = [];

    public SuperstepRun(object workflow, ModelCatalog models, WorkflowConfiguration configuration)
    {
        _workflow = workflow;
        _models = models;
        _configuration = configuration;
        var level = new int[_graph.Nodes.Count];
        foreach (var node in _graph.Order.Where(configuration.Structure.IsActive))
        {
            level[node] = _graph.Nodes[node].Inputs.SelectMany(input => _space.ResolveSources(configuration.Structure, node, input))
                .Select(source => source < 0 ? 0 : level[source] + 1).DefaultIfEmpty(0).Max();
            while (_levels.Count <= level[node])
            {
                _levels.Add([]);
            }

            _levels[level[node]].Add(node);
        }
    }

    public async Task<object?> RunAsync(IReadOnlyList<object?> inputs)
    {
        var outputs = new object?[_graph.Nodes.Count][];
        foreach (var level in _levels)
        {
            var calls = level.SelectMany(node => Enumerable.Range(0, _configuration.Structure.Counts[node]).Select(replica => CallAsync(node, replica, inputs, outputs)));
            foreach (var group in (await Task.WhenAll(calls)).GroupBy(call => call.Node))
            {
                outputs[group.Key] = [.. group.Select(call => call.Output)];
            }
        }

        return outputs[_space.ResolveOutput(_configuration.Structure, _graph.Output)][0];
    }

    private async Task<(int Node, object? Output)> CallAsync(int node, int replica, IReadOnlyList<object?> inputs, object?[][] outputs)
    {
        var declared = _graph.Nodes[node];
        var values = declared.Inputs.Select(input => input.Kind switch
        {
            InputKind.Workflow => inputs[0],
            InputKind.Upstream => outputs[_space.ResolveSources(_configuration.Structure, node, input)[0]][0],
            _ => _space.ResolveSources(_configuration.Structure, node, input).SelectMany(source => outputs[source]).ToArray(),
        });
        var agent = _configuration.Settings[node] is { } settings && settings[replica] is var setting
            ? new SubAgentContext(declared.Name, setting, _models[setting.Model], new SubAgentCall { Replica = replica, Temperature = declared.Temperature }, _ => { })
            : null;
        return (node, await Sample.Descriptor.InvokeNodeAsync(_workflow, node, [.. values], agent, CancellationToken.None));
    }
}
