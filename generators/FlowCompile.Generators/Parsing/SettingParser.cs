using System.Globalization;
using FlowCompile.Generators.Diagnostics;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads models, budgets and temperature of a workflow or a sub-agent.</summary>
internal static class SettingParser
{
    public static List<string> Models(ParseContext context, AttributeFacts attribute, string owner)
    {
        var models = new List<string>();
        foreach (var model in attribute.NamedList("Models").Select(constant => constant.Value).OfType<string>())
        {
            if (models.Contains(model))
            {
                context.Report(SettingDescriptors.RepeatedModel, attribute.ArgumentLocation("Models", context.CancellationToken), owner, model);
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
            context.Report(SettingDescriptors.BadBudgets, attribute.ArgumentLocation("Budgets", context.CancellationToken), owner, problem);
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
