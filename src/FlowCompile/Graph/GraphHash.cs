using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowCompile.Graph;

/// <summary>Hashes a graph: a canonical text, nodes by name, then SHA-256.</summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
internal static class GraphHash
{
    public static string Compute(WorkflowGraph graph)
    {
        var text = new StringBuilder("flowcompile-graph-1\n");
        Line(text, "workflow", graph.Name, graph.Nodes[graph.Output].Name);
        foreach (var node in graph.Nodes.OrderBy(node => node.Name, StringComparer.Ordinal))
        {
            Line(text, "node", node.Name, node.Kind.ToString(), node.ResultType, node.IsOptional ? "optional" : "", Number(node.MinReplicas), Number(node.MaxReplicas));
            if (node.HasSameSettings)
            {
                Line(text, "same", "settings");
            }

            foreach (var input in node.Inputs)
            {
                Line(text, ["input", input.Parameter, input.Type, input.Kind.ToString(), Number(input.MinBranches), .. input.Sources]);
                if (input.Agree > 0)
                {
                    Line(text, "agree", Number(input.Agree), input.Equality);
                }
            }

            if (node.Repair is { } repair)
            {
                Line(text, "repair", repair.Test, repair.Target, Number(repair.MinAttempts), Number(repair.MaxAttempts));
            }

            if (node.Condition is { } condition)
            {
                Line(text, ["when", condition.Router, .. condition.Values]);
            }
        }

        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text.ToString()));
        var hex = new StringBuilder("sha256:", 7 + (2 * hash.Length));
        foreach (var b in hash)
        {
            hex.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }

        return hex.ToString();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Fields are joined by a character that no name and no type contains.
    private static void Line(StringBuilder text, params string[] fields) => text.Append(string.Join("\t", fields)).Append('\n');
}
