using System.ComponentModel;
using System.Text.Json;
using FlowCompile.Graph;

namespace FlowCompile.Plans;

/// <summary>
/// The configurations of a plan as generated code holds them where there are many: as data, which takes the compiler and the start of a program a fraction of what as many
/// constructor calls take. It is no file format: generated code is read by the library that it was generated for.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PlanData
{
    /// <summary>Makes the configurations.</summary>
    /// <param name="graph">The graph that they belong to.</param>
    /// <param name="json">
    /// A JSON array: the settings, each a model and a budget; the structures, each its counts by node; then each configuration: its id; its name or <see langword="null"/>; the
    /// place of its structure; for each node the place of its setting, those of its calls, or <see langword="null"/>; accuracy, recorded accuracy, latency in seconds,
    /// cost, energy in joules, and the latencies of the 50th and the 95th percentile in seconds, <see langword="null"/> where that is not known; and the quantiles
    /// of right latencies in seconds, or none.
    /// </param>
    /// <exception cref="JsonException">It is something else.</exception>
    /// <exception cref="GraphException">A structure is none of the graph's.</exception>
    public static WorkflowConfiguration[] Read(WorkflowGraph graph, ReadOnlySpan<byte> json)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        reader.Read();
        var settings = List(ref reader, static (ref Utf8JsonReader part) =>
        {
            part.Read();
            var model = part.GetString()!;
            part.Read();
            var setting = new Setting(model, part.GetInt32());
            part.Read();
            return setting;
        });
        reader.Read();
        var structures = List(ref reader, static (ref Utf8JsonReader part) => List(ref part, static (ref Utf8JsonReader count) => count.GetInt32()))
            .ConvertAll(counts => WorkflowStructure.Create(graph, counts));
        var configurations = new List<WorkflowConfiguration>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            configurations.Add(Configuration(ref reader, settings, structures));
        }

        return [.. configurations];
    }

    private static WorkflowConfiguration Configuration(ref Utf8JsonReader reader, List<Setting> settings, List<WorkflowStructure> structures)
    {
        reader.Read();
        var id = reader.GetString()!;
        reader.Read();
        var name = reader.GetString();
        reader.Read();
        var structure = structures[reader.GetInt32()];
        reader.Read();
        var own = List(ref reader, static (ref Utf8JsonReader node) => node.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.StartArray => List(ref node, static (ref Utf8JsonReader call) => call.GetInt32()),
            _ => (List<int>)[node.GetInt32()],
        });
        reader.Read();
        var numbers = List(ref reader, static (ref Utf8JsonReader number) => number.TokenType == JsonTokenType.Null ? null : (double?)number.GetDouble());
        reader.Read();
        var right = List(ref reader, static (ref Utf8JsonReader number) => number.GetDouble());
        reader.Read();
        var estimate = new Estimate
        {
            Accuracy = numbers[0]!.Value,
            RecordedAccuracy = numbers[1],
            LatencySeconds = numbers[2]!.Value,
            Cost = numbers[3] ?? 0,
            EnergyJoules = numbers[4],
            LatencyP50Seconds = numbers[5],
            LatencyP95Seconds = numbers[6],
            RightLatency = right.Count == 0 ? null : new LatencyQuantiles([.. right]),
        };
        return new WorkflowConfiguration(id, structure, own.ConvertAll(places => places is null ? (CallSettings?)null : new CallSettings(places.ConvertAll(place => settings[place]))), estimate)
        {
            Name = name,
        };
    }

    // From the start of an array to its end.
    private static List<T> List<T>(ref Utf8JsonReader reader, ItemReader<T> read)
    {
        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(read(ref reader));
        }

        return items;
    }

    private delegate T ItemReader<T>(ref Utf8JsonReader reader);
}
