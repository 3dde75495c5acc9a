using System.Text.Json;

namespace FlowCompile.Compilation;

/// <summary>Reads <c>detailed_results.json</c>: by agent and setting a list of records with accuracy and token counts.</summary>
internal sealed class PublishedProfileReader(string path, AgentNames names, ModelRates rates, ImportOptions options)
{
    private int _records;
    private int _failed;

    public PublishedProfile Read()
    {
        using var document = ImportJson.Parse(path);
        var rows = new Dictionary<string, IReadOnlyList<SettingProfile>>(StringComparer.Ordinal);
        foreach (var agent in ImportJson.Members(document.RootElement, path, "the file"))
        {
            var node = NodeOf(agent.Name);
            List<SettingProfile> own = [.. ImportJson.Members(agent.Value, path, $"'{agent.Name}'").Select(setting => ReadRow(agent.Name, setting)).OfType<SettingProfile>()];
            if (!rows.TryAdd(node, own))
            {
                throw new CompileException($"{path}: two agents are '{node}'; map each to a sub-agent of its own.");
            }
        }

        return new PublishedProfile { Table = new ProfileTable(names.Graph, rows), Records = _records, Failed = _failed };
    }

    private SettingProfile? ReadRow(string agent, JsonProperty written)
    {
        var place = $"'{agent}' under '{written.Name}'";
        if (PublishedSettings.Read(written.Name, options.UnlimitedBudget, out var setting) is { } problem)
        {
            throw new CompileException($"{path}: of '{agent}', {problem}.");
        }

        var (accuracy, latency, count) = (0.0, 0.0, 0);
        foreach (var record in ImportJson.Items(written.Value, path, place))
        {
            var input = ImportJson.Amount(record, "avg_input_tokens", path, place);
            var output = ImportJson.Amount(record, "avg_output_tokens", path, place);
            _records++;
            if (input == 0 && output == 0)
            {
                _failed++;
                continue;
            }

            accuracy += ImportJson.Amount(record, "accuracy", path, place);
            latency += rates.LatencyOf(setting.Model, input, output);
            count++;
        }

        return count == 0 ? null : new SettingProfile(setting, accuracy / count, latency / count, 0, count);
    }

    private string NodeOf(string agent)
    {
        try
        {
            return names.Graph.Nodes[names.NodeOf(agent)].Name;
        }
        catch (CompileException e)
        {
            throw new CompileException($"{path}: {e.Message}", e);
        }
    }
}
