using System.Globalization;

namespace FlowCompile.Compilation;

/// <summary>Reads settings as the published system writes them: <c>qwen3-4b_budget_1000</c>, <c>..._budget_nothinking</c>, <c>..._budget_unlimited</c>.</summary>
internal static class PublishedSettings
{
    private const string Separator = "_budget_";

    /// <summary>Reads a setting.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unlimited">What stands for a budget without a limit; <see langword="null"/> where that was not said.</param>
    /// <param name="setting">The setting.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? Read(string text, int? unlimited, out Setting setting)
    {
        setting = default;
        var at = text.LastIndexOf(Separator, StringComparison.Ordinal);
        var (model, budget) = at < 0 ? (text, "none") : (text[..at], text[(at + Separator.Length)..]);
        if (model.Length == 0 || model.Contains('@', StringComparison.Ordinal))
        {
            return $"'{text}' is not a setting; the published system writes model_budget_number";
        }

        switch (budget.ToUpperInvariant())
        {
            case "NONE" or "NOTHINKING":
                setting = new Setting(model, 0);
                return null;
            case "UNLIMITED" when unlimited is { } tokens:
                setting = new Setting(model, tokens);
                return null;
            case "UNLIMITED":
                return $"'{text}' has no budget; say how many thinking tokens that stands for with --unlimited <tokens>";
            default:
                if (!int.TryParse(budget, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return $"'{text}' has the budget '{budget}', which is no number of thinking tokens";
                }

                setting = new Setting(model, number);
                return null;
        }
    }
}
