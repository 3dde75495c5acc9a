using System.Globalization;
using System.Text;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Plans;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits the configurations of a plan that has many as data, which <c>FlowCompile.Plans.PlanData</c> reads; that says what it consists of.</summary>
internal static class PlanDataEmitter
{
    // So many are emitted one by one, for a person may read them.
    private const int Most = 64;

    /// <summary>The field that holds them. No member of a plan begins like it.</summary>
    public const string Field = "s_configurations";

    /// <summary>Whether a plan is emitted as data: it has many configurations, and nothing that no JSON can say. Readers refuse such things, but the emitter does not count on it.</summary>
    public static bool IsFor(BoundPlan plan) => plan.Configurations.Count > Most && plan.Configurations.All(configuration =>
        IsText(configuration.Id) && (configuration.Name is null || IsText(configuration.Name)) && configuration.Settings.All(setting => IsText(setting.Model))
        && Numbers(configuration.Estimate!).All(number => number is not { } one || !(double.IsNaN(one) || double.IsInfinity(one)))
        && configuration.Estimate!.RightLatencySeconds.All(one => !(double.IsNaN(one) || double.IsInfinity(one))));

    /// <summary>Writes the field, a line for each configuration.</summary>
    public static void Write(SourceWriter writer, BoundPlan plan)
    {
        var (settings, structures) = (new Places(), new Places());
        List<string> rows = [.. plan.Configurations.Select(configuration => Row(configuration, settings, structures))];
        writer.Line($"private static readonly {Names.Configuration}[] {Field} = global::FlowCompile.Plans.PlanData.Read(");
        using (writer.Indent())
        {
            writer.Line("Graph,");
            writer.Line("\"\"\"");
            writer.Line($"[[{settings}],");
            writer.Line($"[{structures}],");
            writer.Lines(rows, ",", "]");
            writer.Line("\"\"\"u8);");
        }

        writer.Line();
    }

    private static string Row(BoundConfiguration configuration, Places settings, Places structures)
    {
        var byNode = configuration.Settings.ToLookup(setting => setting.Node, setting => settings.Of($"[{Text(setting.Model)},{Number(setting.Budget)}]"));
        var nodes = Enumerable.Range(0, configuration.Counts.Count).Select(node => byNode[node].Count() switch
        {
            0 => "null",
            1 => byNode[node].Single(),
            _ => $"[{string.Join(",", byNode[node])}]",
        });
        var structure = structures.Of($"[{string.Join(",", configuration.Counts.Select(count => Number(count)))}]");
        var estimate = configuration.Estimate!;
        var name = configuration.Name is { } own ? Text(own) : "null";
        return $"[{Text(configuration.Id)},{name},{structure},[{string.Join(",", nodes)}],[{string.Join(",", Numbers(estimate).Select(Number))}],[{string.Join(",", estimate.RightLatencySeconds.Select(one => Number(one)))}]]";
    }

    private static double?[] Numbers(BoundEstimate estimate) =>
    [
        estimate.Accuracy, estimate.RecordedAccuracy, estimate.LatencySeconds, estimate.Cost, estimate.EnergyJoules, estimate.LatencyP50Seconds, estimate.LatencyP95Seconds,
    ];

    // No half of a pair is alone.
    private static bool IsText(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static string Number(double? value) => value is { } number ? Literals.Number(number).TrimEnd('d') : "null";

    // What is no letter, digit or sign of ASCII is escaped: so it stays what it is in a raw string literal.
    private static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            text.Append(c is >= ' ' and <= '~' and not '"' and not '\\' ? c.ToString() : "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return text.Append('"').ToString();
    }

    /// <summary>Items that are there once each, in the order in which they came.</summary>
    private sealed class Places
    {
        private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

        public string Of(string item)
        {
            if (!_places.TryGetValue(item, out var place))
            {
                place = Number(_places.Count);
                _places.Add(item, place);
            }

            return place;
        }

        // Nothing was taken out, so they are in order.
        public override string ToString() => string.Join(",", _places.Keys);
    }
}
