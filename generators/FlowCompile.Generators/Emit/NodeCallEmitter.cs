using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>Writes the call of a node's method.</summary>
internal static class NodeCallEmitter
{
    /// <summary>The call as an expression of the node's result.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="node">The node.</param>
    /// <param name="instance">The variable that holds the workflow's instance.</param>
    /// <param name="arguments">The arguments, in order.</param>
    public static string Call(WorkflowSpec workflow, NodeSpec node, string instance, IEnumerable<string> arguments)
    {
        var target = node.IsStatic ? workflow.Type.Self.Name : instance;
        var call = $"{target}.{Identifiers.Escape(node.Name)}({string.Join(", ", arguments)})";
        return node.Shape == ResultShape.Value ? call : $"await {call}{Names.Await}";
    }
}
