using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>Reads what it needs of <c>flowcompile.json</c>. The command line checks the whole of the file.</summary>
internal static class SettingsReader
{
    /// <summary>Reads the settings.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="problem">Why there are none, where there are none.</param>
    public static SettingsDocument? TryRead(string text, out FileProblem? problem)
    {
        problem = null;
        try
        {
            return Read(JsonReader.Read(text));
        }
        catch (JsonSyntaxException error)
        {
            problem = new FileProblem(SettingDescriptors.UnreadableFile, error.Position, error.Message);
            return null;
        }
    }

    private static SettingsDocument Read(JsonValue root)
    {
        if (root.Kind != JsonKind.Object)
        {
            throw new JsonSyntaxException(root.Position, "the settings are an object");
        }

        var models = root.Require("models", JsonKind.Object, "an object");
        if (models.Members.Count == 0)
        {
            throw new JsonSyntaxException(models.Position, "'models' is empty");
        }

        var budgets = root.Require("budgets", JsonKind.List, "a list");
        if (budgets.Items.Count == 0)
        {
            throw new JsonSyntaxException(budgets.Position, "'budgets' is empty");
        }

        return new SettingsDocument(
            models.Members.Select(model => model.Name("a model's name")).Distinct().Freeze(),
            ReadBudgets(budgets).Freeze(),
            root["workflows"] is { Kind: JsonKind.Object } workflows ? ReadReferences(workflows).Freeze() : default)
        {
            Contexts = models.Members
                .Where(model => model.Value is { Kind: JsonKind.Object } written && written["contextLength"]?.Integer is > 0)
                .Select(model => new ModelContext(model.Key, model.Value["contextLength"]!.Integer!.Value))
                .Freeze(),
        };
    }

    private static List<int> ReadBudgets(JsonValue list)
    {
        var budgets = new List<int>();
        foreach (var item in list.Items)
        {
            if (item.Integer is not (>= 0 and var budget) || (budgets.Count > 0 && budget <= budgets[budgets.Count - 1]))
            {
                throw new JsonSyntaxException(item.Position, "'budgets' must be whole numbers of 0 or more, ascending");
            }

            budgets.Add(budget);
        }

        return budgets;
    }

    private static IEnumerable<WorkflowReference> ReadReferences(JsonValue workflows)
    {
        foreach (var workflow in workflows.Members)
        {
            if (workflow.Value["reference"] is not { } reference)
            {
                continue;
            }

            yield return PlanSetting.TryParse(workflow.Name("a workflow's name"), reference.LineOf($"the reference of '{workflow.Key}'")) is { } setting
                ? new WorkflowReference(workflow.Key, setting.Model, setting.Budget)
                : throw new JsonSyntaxException(reference.Position, $"the reference of '{workflow.Key}' must be written model@budget");
        }
    }
}
