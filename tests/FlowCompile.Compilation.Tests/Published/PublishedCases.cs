using System.Text.Json;
using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>Reads the published system's results.</summary>
internal static class PublishedCases
{
    /// <summary>A structure with one setting for each sub-agent, and what comes of it.</summary>
    public sealed record Vector(ProfileTable Profile, IReadOnlyDictionary<string, int> Counts, double Accuracy, double Latency);

    /// <summary>A point of a frontier, with the calls of each sub-agent.</summary>
    public sealed record Point(IReadOnlyDictionary<string, int> Counts, double Accuracy, double Latency);

    public static IEnumerable<Vector> Vectors(string workflow)
    {
        var json = Read("proxy-vectors.json").GetProperty(workflow);
        var graph = PublishedWorkflows.Get(workflow);
        var profile = graph.Profile([.. json.GetProperty("agents").EnumerateObject().Select(agent => (
            PublishedWorkflows.NodeName(agent.Name), agent.Value.GetProperty("accuracy").GetDouble(), agent.Value.GetProperty("latency").GetDouble()))]);
        return json.GetProperty("structures").EnumerateArray().Select(structure => new Vector(
            profile,
            structure.GetProperty("counts").EnumerateObject().ToDictionary(count => PublishedWorkflows.NodeName(count.Name), count => count.Value.GetInt32()),
            structure.GetProperty("accuracy").GetDouble(),
            structure.GetProperty("latency").GetDouble()));
    }

    public static (ProfileTable Profile, IReadOnlyList<Point> Front) Frontier(string name)
    {
        var json = Read($"frontier/{name}.json");
        var graph = PublishedWorkflows.Get(json.GetProperty("workflow").GetString()!);
        var agents = json.GetProperty("profile").EnumerateObject().ToList();
        var profile = new ProfileTable(graph, agents.ToDictionary(
            agent => PublishedWorkflows.NodeName(agent.Name),
            agent => (IReadOnlyList<SettingProfile>)[.. agent.Value.EnumerateArray().Select(row => new SettingProfile(
                SettingOf(row.GetProperty("setting").GetString()!), row.GetProperty("accuracy").GetDouble(), row.GetProperty("latency").GetDouble(), 0, 1))]));
        return (profile, [.. json.GetProperty("front").EnumerateArray().Select(point => new Point(
            agents.ToDictionary(agent => PublishedWorkflows.NodeName(agent.Name), agent => point.GetProperty(agent.Name + "_count").GetInt32()),
            point.GetProperty("workflow_accuracy").GetDouble(),
            point.GetProperty("workflow_latency").GetDouble()))]);
    }

    /// <summary>The structure of given calls of the sub-agents; <see langword="null"/> where they make none.</summary>
    public static WorkflowStructure? StructureOf(WorkflowGraph graph, IReadOnlyDictionary<string, int> counts) =>
        new StructureSpace(graph).Enumerate().SingleOrDefault(structure => counts.All(pair => structure.Counts[graph.IndexOf(pair.Key)] == pair.Value));

    private static Setting SettingOf(string text)
    {
        var at = text.IndexOf("_budget_", StringComparison.Ordinal);
        return new Setting(text[..at], int.Parse(text[(at + "_budget_".Length)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", file)));
        return document.RootElement.Clone();
    }
}
