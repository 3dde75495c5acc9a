using System.Security.Cryptography;
using System.Text;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Code;

/// <summary>Reads what the sources of a workflow's nodes say. It binds their bodies, so it runs in builds only, not while somebody types.</summary>
internal static class CodeReader
{
    /// <summary>The hashes of a workflow; <see langword="null"/> where its class is not one that can be measured.</summary>
    public static WorkflowCode? Read(WorkflowSpec workflow, Compilation compilation, CancellationToken cancellationToken)
    {
        var name = NameOf(workflow.Type);
        if (workflow.Type.Types.Any(type => type.Name.Contains("<")) || compilation.Assembly.GetTypeByMetadataName(name) is not { } type)
        {
            return null;
        }

        var methods = MemberFinder.Methods(type);
        var nodes = workflow.Nodes
            .Select(node => (node.Name, Method: methods.FirstOrDefault(method => method.Name == node.Name && IsNode(method))))
            .Where(node => node.Method is { DeclaringSyntaxReferences.Length: > 0 })
            .Select(node => new NodeCode(node.Name, Hash(new NodeSource(compilation, type, cancellationToken).Write([node.Method!]))));
        var scores = methods.Where(method => AttributeFacts.Find(method, AttributeNames.Score) is not null).OrderBy(method => method.Name, StringComparer.Ordinal).ToList();
        var scored = string.Join(",", scores.Select(score => AttributeFacts.Find(score, AttributeNames.Score)!.Text(0)));
        var score = new NodeCode("", Hash(scored + "\n" + new NodeSource(compilation, type, cancellationToken).Write(scores)));

        // Of a score method in another assembly there is no source.
        return new WorkflowCode(
            workflow.Type.HintName, name, (scores.All(method => method.DeclaringSyntaxReferences.Length > 0) ? nodes.Append(score) : nodes).Freeze());
    }

    private static bool IsNode(IMethodSymbol method) =>
        AttributeFacts.Find(method, AttributeNames.SubAgent) is not null || AttributeFacts.Find(method, AttributeNames.Tool) is not null;

    // As reflection names it: nested types behind a plus.
    private static string NameOf(HierarchySpec type)
    {
        var nested = string.Join("+", type.Types.Select(level => level.Name.TrimStart('@')));
        return type.Namespace.Length == 0 ? nested : type.Namespace.Replace("@", "") + "." + nested;
    }

    private static string Hash(string text)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes("source-1\n" + text)).Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
