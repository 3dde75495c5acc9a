using System.Globalization;
using FlowCompile.Generators.Diagnostics;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads models, budgets and temperature of a workflow or a sub-agent.</summary>
internal static class SettingParser
{
    public static List<string> Models(ParseContext context, AttributeFacts attribute, string owner)
    {
        var written = attribute.NamedList("Models").Select(constant => constant.Value).OfType<string>().ToList();
        var models = new List<string>();
        foreach (var model in written)
        {
            if (models.Contains(model))
            {
                context.Report(
                    SettingDescriptors.RepeatedModel,
                    attribute.ArgumentLocation("Models", context.CancellationToken),
                    Kept(written, Enumerable.Range(0, written.Count).Where(i => written.IndexOf(written[i]) == i)),
                    owner,
                    model);
            }
            else
            {
                models.Add(model);
            }
        }

        return models;
    }

    public static List<int> Budgets(ParseContext context, AttributeFacts attribute, string owner)
    {
        var budgets = attribute.NamedList("Budgets").Select(constant => constant.Value).OfType<int>().ToList();
        if (Problem(budgets) is { } problem)
        {
            // What a negative budget was meant to be, nobody knows.
            var facts = budgets.Any(budget => budget < 0)
                ? new FixFacts()
                : Kept(budgets, Enumerable.Range(0, budgets.Count).Where(i => budgets.IndexOf(budgets[i]) == i).OrderBy(i => budgets[i]));
            context.Report(SettingDescriptors.BadBudgets, attribute.ArgumentLocation("Budgets", context.CancellationToken), facts, owner, problem);
        }

        return budgets;
    }

    public static float? Temperature(ParseContext context, AttributeFacts attribute, string owner)
    {
        var temperature = attribute.Named("Temperature", float.NaN);
        if (temperature < 0 || float.IsInfinity(temperature))
        {
            context.Report(
                SettingDescriptors.BadTemperature,
                attribute.ArgumentLocation("Temperature", context.CancellationToken),
                owner,
                temperature.ToString(CultureInfo.InvariantCulture));
        }

        return float.IsNaN(temperature) ? null : temperature;
    }

    private static FixFacts Kept<T>(List<T> items, IEnumerable<int> order) => new FixFacts().With(FixFacts.Order, order).With(FixFacts.Count, [items.Count]);

    private static string? Problem(List<int> budgets)
    {
        for (var i = 0; i < budgets.Count; i++)
        {
            if (budgets[i] < 0)
            {
                return $"{budgets[i]} is negative";
            }

            if (i > 0 && budgets[i] <= budgets[i - 1])
            {
                return budgets.IndexOf(budgets[i]) < i ? $"{budgets[i]} is there twice" : $"{budgets[i]} comes after {budgets[i - 1]}";
            }
        }

        return null;
    }
}
