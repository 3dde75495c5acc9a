using FlowCompile.Generators.Model;
using FlowCompile.Generators.Plans;

namespace FlowCompile.Generators.Emit;

/// <summary>The nodes of a workflow with their names in dispatch code, and what one needs to know of another.</summary>
internal sealed class DispatchNodes
{
    private readonly Dictionary<string, DispatchNode> _byName = new(StringComparer.Ordinal);

    public DispatchNodes(WorkflowSpec workflow)
    {
        Workflow = workflow;
        var inputs = new NameScope("workflow", "run", "replica", "output", "result");
        Inputs = [.. workflow.Inputs.Select(input => inputs.Take(input.Name, "Input"))];
        var methods = new NameScope("RunAsync", "Start", "Dispatch");
        var nodes = workflow.Nodes.Select((node, i) =>
        {
            var variable = inputs.Take(Identifiers.Camel(node.Name), "Task");
            var output = HasOutputVariable(workflow, node) ? inputs.Take(variable.TrimStart('@') + "Output", "Task") : variable;
            return new DispatchNode(
                i, node, variable, output, inputs.Take(variable.TrimStart('@') + "Candidates", "List"), methods.Take(node.Name + "Async", "Call"));
        });
        foreach (var node in nodes)
        {
            _byName.Add(node.Spec.Name, node);
        }

        Order = [.. GraphBuilder.Build(workflow).Order.Select(i => this[workflow.Nodes[i].Name])];
        Methods = methods;
    }

    public WorkflowSpec Workflow { get; }

    /// <summary>The variables of the workflow's inputs.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The nodes, each after its upstreams.</summary>
    public IReadOnlyList<DispatchNode> Order { get; }

    /// <summary>The names of the methods.</summary>
    public NameScope Methods { get; }

    public DispatchNode this[string name] => _byName[name];

    /// <summary>The workflow's inputs as parameters.</summary>
    public IEnumerable<string> InputParameters => Workflow.Inputs.Select((input, i) => $"{input.Type.Code} {Inputs[i]}");

    /// <summary>The variable of an input.</summary>
    public string InputVariable(string name) => Inputs[Workflow.Inputs.TakeWhile(input => input.Name != name).Count()];

    /// <summary>Whether any node of a candidate list belongs to a branch, so that it may have no output.</summary>
    public bool HasBranches(ParameterSpec list) => list.Sources.Any(source => this[source].Spec.Branch is not null);

    // Where a node that may be left out is read as required, what it hands on has a name.
    private static bool HasOutputVariable(WorkflowSpec workflow, NodeSpec node)
    {
        var list = node.Parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.Candidates);
        if (node.IsReplicated)
        {
            return node.MinReplicas > 0 && list is { MinBranches: > 1 };
        }

        return node.Repair is null && (node.IsOptional || node.MinReplicas == 0)
            && (workflow.Output == node.Name || workflow.Nodes.Any(other => Requires(other, node.Name)));
    }

    private static bool Requires(NodeSpec node, string upstream) =>
        node.Parameters.Any(parameter => parameter.Role == ParameterRole.Upstream && parameter.Sources[0] == upstream)
        || node.Repair?.Target == upstream || node.Repair?.Test == upstream || node.Branch?.Router == upstream;
}
