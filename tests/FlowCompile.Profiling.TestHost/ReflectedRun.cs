using System.Diagnostics;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Profiling.TestHost;

/// <summary>One run of a workflow, node after node.</summary>
internal sealed class ReflectedRun(
    ReflectedDescriptor descriptor, object workflow, ModelCatalog models, IReadOnlyList<object?> inputs, WorkflowConfiguration configuration, RunOptions options)
{
    private readonly WorkflowGraph _graph = descriptor.Graph;
    private readonly StructureSpace _space = new(descriptor.Graph);
    private readonly Dictionary<int, List<object?>> _outputs = [];
    private readonly List<CallRecord> _calls = [];

    public async Task<WorkflowResult<object?>> RunAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var node in _graph.Order.Where(configuration.Structure.IsActive))
        {
            try
            {
                await RunNodeAsync(node, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new WorkflowException($"'{_graph.Nodes[node].Name}' of workflow '{_graph.Name}' failed under {configuration.Settings[node]}.", e);
            }
        }

        var output = Read(_space.ResolveOutput(configuration.Structure, _graph.Output), "")[0];
        return new WorkflowResult<object?>(output, configuration, _calls, Stopwatch.GetElapsedTime(start));
    }

    private async Task RunNodeAsync(int node, CancellationToken cancellationToken)
    {
        if (_graph.Nodes[node].Repair is { } repair)
        {
            await RepairAsync(node, repair, cancellationToken);
            return;
        }

        _outputs[node] = [];
        for (var replica = 0; replica < (_graph.Nodes[node].IsReplicated ? configuration.Structure.Counts[node] : 1); replica++)
        {
            _outputs[node].Add(await CallAsync(node, replica, 0, InputsOf(node), cancellationToken));
        }
    }

    private async Task RepairAsync(int node, RepairLoop repair, CancellationToken cancellationToken)
    {
        var (target, test) = (_space.ResolveOutput(configuration.Structure, _graph.IndexOf(repair.Target)), _graph.IndexOf(repair.Test));
        var original = _outputs[target];
        for (var attempt = 0; attempt < configuration.Structure.Counts[node] && _outputs[test] is [false]; attempt++)
        {
            _outputs[target] = [await CallAsync(node, 0, attempt, InputsOf(node), cancellationToken)];
            _outputs[test] = [await CallAsync(test, 0, attempt + 1, InputsOf(test), cancellationToken)];
        }

        (_outputs[node], _outputs[target]) = (_outputs[target], original);
    }

    private async Task<object?> CallAsync(int node, int replica, int attempt, object?[] values, CancellationToken cancellationToken)
    {
        SubAgentContext? agent = null;
        if (configuration.Settings[node] is { } settings)
        {
            var setting = settings[Math.Max(replica, attempt)];
            var call = new SubAgentCall
            {
                Replica = replica,
                Attempt = attempt,
                // Negative, so that a log tells the calls of whole runs from those of cells.
                Seed = options.Seed is { } seed ? -(seed * 1000L) - (node * 100) - (replica * 10) - attempt - 1 : null,
                Temperature = _graph.Nodes[node].Temperature,
            };
            agent = new SubAgentContext(_graph.Nodes[node].Name, setting, models[setting.Model], call, _calls.Add);
        }

        var output = await descriptor.InvokeNodeAsync(workflow, node, values, agent, cancellationToken);
        options.Observer?.OnOutput(node, replica, attempt, values, output);
        return output;
    }

    private object?[] InputsOf(int node) => [.. _graph.Nodes[node].Inputs.Select(input =>
    {
        var values = _space.ResolveSources(configuration.Structure, node, input).SelectMany(source => Read(source, input.Parameter));
        return input.Kind == InputKind.Candidates ? values.ToArray() : values.First();
    })];

    private List<object?> Read(int node, string input) => node < 0 ? [inputs[descriptor.InputNames.ToList().IndexOf(input)]] : _outputs[node];
}
