using System.Globalization;
using System.Reflection;
using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>
/// The hashes by which a profile tells the code of a workflow: those of its source, which the build wrote into the assembly and which are the same however it
/// was compiled; where there is none, those of the compiled instructions (<see cref="CodeHash"/>).
/// </summary>
/// <remarks>A profile of an earlier version told all code by its instructions. Where they are still the same, it keeps doing so, and nothing is measured again.</remarks>
internal sealed class WorkflowCodes
{
    private WorkflowCodes(IReadOnlyList<string> nodes, string scores, bool isToldBySource, IReadOnlyList<string> unmatched) =>
        (Nodes, Scores, IsToldBySource, Unmatched) = (nodes, scores, isToldBySource, unmatched);

    /// <summary>The hash of every node's code.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>The hash of the score methods.</summary>
    public string Scores { get; }

    /// <summary>Whether all of them are those of sources.</summary>
    public bool IsToldBySource { get; }

    /// <summary>The nodes whose code the profile before told by instructions that are others now: changed, or compiled otherwise, which cannot be told apart.</summary>
    public IReadOnlyList<string> Unmatched { get; }

    /// <summary>Reads the hashes of a workflow.</summary>
    /// <param name="type">Its class.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="before">What the latest profile was made with; <see langword="null"/> where there is none.</param>
    public static WorkflowCodes Of(Type type, WorkflowGraph graph, ProfileManifest? before)
    {
        var sources = type.Assembly.GetCustomAttributes<WorkflowCodeAttribute>().Where(code => code.Workflow == type.FullName)
            .DistinctBy(code => code.Node).ToDictionary(code => code.Node, code => code.Hash, StringComparer.Ordinal);
        var unmatched = new List<string>();
        var isToldBySource = true;
        var nodes = graph.Nodes.Select(node =>
        {
            var old = before?.NodeHashes.GetValueOrDefault(node.Name);
            return Choose(node.Name, CodeHash.OfNode(type, node.Name), hash => NodeHash(hash, node.Temperature), old, node.Name);
        }).ToList();
        var scores = Choose("", CodeHash.OfScores(type), hash => hash, before?.ScoreHash, name: null);
        return new WorkflowCodes(nodes, scores, isToldBySource, unmatched);

        string Choose(string key, string compiled, Func<string, string> kept, string? old, string? name)
        {
            if (!sources.TryGetValue(key, out var source) || (old is not null && old == kept(compiled)))
            {
                isToldBySource = false;
                return compiled;
            }

            if (name is not null && old is not null && before is { IsToldBySource: false } && old != kept(source))
            {
                unmatched.Add(name);
            }

            return source;
        }
    }

    /// <summary>The hash that a manifest keeps of a node: that of its code and of its temperature.</summary>
    /// <param name="code">The hash of its code.</param>
    /// <param name="temperature">Its temperature.</param>
    public static string NodeHash(string code, float? temperature) => ContentHash.Of("node-1", code, string.Create(CultureInfo.InvariantCulture, $"{temperature:R}"));
}
