using System.Globalization;
using FlowCompile.Graph;
using FlowCompile.Json;

namespace FlowCompile.Compilation;

/// <summary>
/// Reads configurations as <see cref="Plans.WorkflowConfiguration.ToText"/> writes them: <c>Programmer=mini@16 GenerateSolver*2=nano@0</c>, or
/// <c>GenerateSolver=nano@0+mini@16</c>, with a node that
/// has no setting in parentheses where structures cannot be told apart otherwise.
/// </summary>
internal static class ConfigurationText
{
    /// <summary>Reads a configuration. Whether the graph has such a structure is not asked.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="text">The text.</param>
    /// <returns>For each node how often it runs, and its settings; 0 and none for what the text does not name.</returns>
    /// <exception cref="CompileException">The text is no configuration; the message says what it should be.</exception>
    public static (int[] Counts, CallSettings?[] Settings) Read(WorkflowGraph graph, string text) => Read(graph, text, out _);

    /// <inheritdoc cref="Read(WorkflowGraph, string)"/>
    /// <param name="graph">The graph.</param>
    /// <param name="text">The text.</param>
    /// <param name="aside">For each node the count that it has in parentheses.</param>
    public static (int[] Counts, CallSettings?[] Settings) Read(WorkflowGraph graph, string text, out int[] aside)
    {
        aside = new int[graph.Nodes.Count];
        var counts = new int[graph.Nodes.Count];
        var settings = new CallSettings?[graph.Nodes.Count];
        foreach (var part in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is ['(', .. var inside, ')'])
            {
                var (named, times) = Split(inside);
                aside[NodeOf(graph, named, graph.Nodes)] = times;
                continue;
            }

            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new CompileException($"'{part}' is no part of a configuration; write {Example(graph)}.");
            }

            var (name, count) = Split(part[..at]);
            var node = NodeOf(graph, name, graph.Nodes.Where(node => node.Kind == NodeKind.SubAgent));
            if (settings[node] is not null)
            {
                throw new CompileException($"'{name}' has two settings in the configuration; give it one.");
            }

            var right = part[(at + 1)..];
            if (CallSettings.TryReadCalls(right) is not { } calls)
            {
                throw new CompileException($"'{right}' is no setting of '{name}'; write model@budget, for example {name}=mini@64.");
            }

            if (count > 1 && calls.Count > 1 && calls.Count != count)
            {
                throw new CompileException($"'{part}' has {calls.Count} settings for the {count} calls of '{name}'; give one, or one for each call.");
            }

            counts[node] = Math.Max(count, calls.Count);
            settings[node] = graph.Nodes[node].Repair is null ? CallSettings.ForReplicas(calls) : new CallSettings(calls);
        }

        return settings.Any(setting => setting is not null) ? (counts, settings) : throw new CompileException($"The configuration is empty; write {Example(graph)}.");
    }

    /// <summary>The structure of what was read.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="counts">For each node the count that the text gives it.</param>
    /// <param name="aside">Likewise, in parentheses.</param>
    /// <returns>The structure, or <see langword="null"/> where the text is that of none.</returns>
    public static WorkflowStructure? StructureOf(WorkflowGraph graph, int[] counts, int[] aside) => new StructureSpace(graph).Find(counts, aside);

    private static (string Name, int Count) Split(string left)
    {
        var star = left.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? (left, 1)
            : int.TryParse(left[(star + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? (left[..star], count)
            : throw new CompileException($"'{left}' does not say how often '{left[..star]}' runs; write {left[..star]}*2=model@budget.");
    }

    private static int NodeOf(WorkflowGraph graph, string name, IEnumerable<GraphNode> nodes)
    {
        List<string> names = [.. nodes.Select(node => node.Name)];
        return names.Contains(name)
            ? graph.IndexOf(name)
            : throw new CompileException($"The workflow '{graph.Name}' has no {(names.Count == graph.Nodes.Count ? "node" : "sub-agent")} '{name}'; {NearestName.Suggest(name, names)}");
    }

    private static string Example(WorkflowGraph graph) => $"SubAgent=model@budget for each that runs, for example {graph.Nodes.First(node => node.Kind == NodeKind.SubAgent).Name}=mini@64";
}
