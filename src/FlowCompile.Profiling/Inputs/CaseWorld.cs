using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>
/// One possible course of a workflow on a case: outputs of sub-agents as they were recorded, and what the tools make of them. Tools are
/// run for real; they are deterministic, and no model is asked.
/// </summary>
internal sealed class CaseWorld(ProfileContext context, NodeJson json, Scorer scorer, WorkflowCase one)
{
    private readonly WorkflowGraph _graph = context.Descriptor.Graph;
    private readonly StructureSpace _space = new(context.Descriptor.Graph);
    private readonly Dictionary<int, List<ReferenceOutput>> _outputs = [];

    /// <summary>Adds an output of a sub-agent: its next replica.</summary>
    /// <param name="node">The sub-agent's index.</param>
    /// <param name="recorded">The output.</param>
    public void Add(int node, RecordedOutput recorded) => Add(node, recorded.Output, recorded.Score);

    /// <summary>The inputs that a node receives in this course, once the tools before it have run.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="cancellationToken">Stops the tools.</param>
    /// <returns>The inputs, or <see langword="null"/> where a tool failed or an input has no value here.</returns>
    public async Task<ComposedInputs?> ReachAsync(int node, CancellationToken cancellationToken)
    {
        if (await ValuesAsync(node, cancellationToken).ConfigureAwait(false) is not { } values)
        {
            return null;
        }

        if (_graph.Nodes[node].Repair is { } repair && !await FailsAsync(_graph.IndexOf(repair.Test), cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var rightness = new InputRightness(_graph, context.Largest, _outputs.Values.SelectMany(outputs => outputs));
        return new ComposedInputs(node, json.WriteInputs(node, values), rightness.Judge(node));
    }

    private async Task<bool> FailsAsync(int test, CancellationToken cancellationToken) =>
        await FillAsync(test, cancellationToken).ConfigureAwait(false)
        && json.ReadOutput(test, _outputs[test][0].Output) is false or ITestResult { Passed: false };

    private async Task<object?[]?> ValuesAsync(int node, CancellationToken cancellationToken)
    {
        var values = new List<object?>();
        foreach (var input in _graph.Nodes[node].Inputs)
        {
            if (input.Kind == InputKind.Workflow)
            {
                values.Add(one.Inputs[context.Descriptor.InputNames.ToList().IndexOf(input.Parameter)]);
                continue;
            }

            var list = new List<object?>();
            foreach (var source in _space.ResolveSources(context.Largest, node, input).Where(source => source >= 0))
            {
                if (await FillAsync(source, cancellationToken).ConfigureAwait(false))
                {
                    list.AddRange(_outputs[source].Select(output => json.ReadOutput(source, output.Output)));
                }
            }

            if (list.Count == 0)
            {
                return null;
            }

            values.Add(input.Kind == InputKind.Candidates ? list.ToArray() : list[0]);
        }

        return [.. values];
    }

    /// <summary>Makes sure that a node has its output here. Sub-agents have theirs or none.</summary>
    private async Task<bool> FillAsync(int node, CancellationToken cancellationToken)
    {
        if (_outputs.ContainsKey(node))
        {
            return true;
        }

        if ((_graph.Nodes[node].Kind != NodeKind.Tool && context.Largest.IsCalled(node)) || await ValuesAsync(node, cancellationToken).ConfigureAwait(false) is not { } values)
        {
            return false;
        }

        object? output;
        if (_graph.Nodes[node].Kind == NodeKind.SubAgent)
        {
            // It is never called: the candidate of the branch that is taken is its output.
            var list = _graph.Nodes[node].Inputs.TakeWhile(input => input.Kind != InputKind.Candidates).Count();
            if (values.ElementAtOrDefault(list) is not object?[] { Length: 1 } only)
            {
                return false;
            }

            Add(node, json.WriteOutput(node, only[0]), scorer.HasMethod(node) ? scorer.Score(node, one, only[0]) : null);
            return true;
        }

        try
        {
            output = await context.Descriptor.InvokeNodeAsync(context.Workflow, node, values, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A tool that cannot take this output fails the run that meets it; nothing downstream receives anything.
            return false;
        }

        Add(node, json.WriteOutput(node, output), scorer.HasMethod(node) ? scorer.Score(node, one, output) : null);
        return true;
    }

    private void Add(int node, string output, double? score)
    {
        if (!_outputs.TryGetValue(node, out var outputs))
        {
            _outputs.Add(node, outputs = []);
        }

        outputs.Add(new ReferenceOutput(_graph.Nodes[node].Name, outputs.Count, 0, new StoredInputs("[]"), output, score));
    }
}
