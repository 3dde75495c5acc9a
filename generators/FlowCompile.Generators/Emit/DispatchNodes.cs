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
        HasBranches = workflow.Nodes.Any(node => node.Branch is not null);
        var inputs = new NameScope("workflow", "run", "replica", "output", "result");
        Inputs = [.. workflow.Inputs.Select(input => inputs.Take(input.Name, "Input"))];
        var methods = new NameScope("RunAsync", "Start", "Dispatch");
        var nodes = workflow.Nodes.Select((node, i) =>
        {
            var variable = inputs.Take(Identifiers.Camel(node.Name), "Task");
            var output = HasOutputVariable(workflow, node) ? inputs.Take(variable.TrimStart('@') + "Output", "Task") : variable;
            return new DispatchNode(
                i,
                node,
                variable,
                output,
                inputs.Take(variable.TrimStart('@') + "Candidates", "List"),
                methods.Take(node.Name + "Async", "Call"),
                Wrapped(node.Result.Code));
        });
        foreach (var node in nodes)
        {
            _byName.Add(node.Spec.Name, node);
        }

        Order = [.. GraphBuilder.Build(workflow).Order.Select(i => this[workflow.Nodes[i].Name])];
        Methods = methods;
        PassedInputs = PassedThrough.Inputs(this).Distinct().ToDictionary(input => input, input => inputs.Take(input + "Input", "Task"), StringComparer.Ordinal);
    }

    public WorkflowSpec Workflow { get; }

    /// <summary>Whether any node belongs to a branch, so that nodes may end without output.</summary>
    public bool HasBranches { get; }

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

    /// <summary>The variables of the tasks that stand for a workflow's input where a node hands it on.</summary>
    public IReadOnlyDictionary<string, string> PassedInputs { get; }

    /// <summary>A type as nodes return it.</summary>
    public string Wrapped(string type) => HasBranches ? $"global::FlowCompile.NodeOutput<{type}>" : type;

    /// <summary>A value as nodes return it.</summary>
    public string Wrap(string type, string value) => HasBranches ? $"new {Wrapped(type)}({value})" : value;

    /// <summary>Whether the node's output is needed whether it runs or not.</summary>
    public bool IsRequired(DispatchNode node) => IsRequired(Workflow, node.Spec);

    // A node left out drops from candidate lists but hands on to those that require it: where it is read in both ways, there are two variables.
    private static bool HasOutputVariable(WorkflowSpec workflow, NodeSpec node)
    {
        var list = node.Parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.Candidates);
        return node.IsReplicated
            ? list is { MinBranches: > 1 } && list.Type.Name == node.Result.Name
            : node.Repair is null && (node.IsOptional || node.MinReplicas == 0) && IsRequired(workflow, node)
                && workflow.Nodes.Any(other => other.Parameters.Any(parameter => parameter.Role == ParameterRole.Candidates && parameter.Sources.Contains(node.Name)));
    }

    private static bool IsRequired(WorkflowSpec workflow, NodeSpec node) =>
        workflow.Output == node.Name || workflow.Nodes.Any(other => Requires(other, node.Name));

    private static bool Requires(NodeSpec node, string upstream) =>
        node.Parameters.Any(parameter => parameter.Role == ParameterRole.Upstream && parameter.Sources[0] == upstream)
        || node.Repair?.Target == upstream || node.Repair?.Test == upstream || node.Branch?.Router == upstream;
}
