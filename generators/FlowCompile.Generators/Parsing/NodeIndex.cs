using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>The nodes of a workflow, by name.</summary>
internal sealed class NodeIndex
{
    private readonly Dictionary<string, NodeDraft> _byName = new(StringComparer.Ordinal);

    public NodeIndex(IReadOnlyList<NodeDraft> nodes)
    {
        Nodes = nodes;
        foreach (var node in nodes)
        {
            if (!_byName.ContainsKey(node.Name))
            {
                _byName.Add(node.Name, node);
            }
        }
    }

    /// <summary>The nodes, in the order declared.</summary>
    public IReadOnlyList<NodeDraft> Nodes { get; }

    public NodeDraft? Find(string name) => _byName.TryGetValue(name, out var node) ? node : null;

    /// <summary>What to say about a name that is no node's.</summary>
    public string Suggest(string name) => NearestName.Suggest(name, [.. _byName.Keys]);

    /// <summary>What to say about a name that is no node's.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The workflow class: it may have a method of that name.</param>
    /// <param name="except">The node that cannot have been meant.</param>
    public string Suggest(string name, INamedTypeSymbol type, string except) =>
        MemberFinder.Methods(type).Any(method => method.Name == name)
            ? $"put [SubAgent] or [Tool] on the method '{name}'"
            : NearestName.Suggest(name, Others(except));

    /// <summary>What a code fix needs to correct such a name.</summary>
    public FixFacts Correction(string name, string? except = null) => NearestName.Correction(name, Others(except));

    private string[] Others(string? except) => [.. _byName.Keys.Where(name => name != except)];
}
