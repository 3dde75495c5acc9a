using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FlowCompile;

/// <summary>What one sub-agent runs under: a model and a reasoning budget.</summary>
/// <param name="Model">The model's name in the catalog.</param>
/// <param name="Budget">The most thinking tokens a call may spend, 0 or more; 0 means answer at once.</param>
public readonly record struct Setting(string Model, int Budget)
{
    /// <summary>The setting as text: <c>mini@64</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Model}@{Budget}");

    /// <summary>Reads a setting written by <see cref="ToString"/>.</summary>
    /// <param name="text">The text: a model's name, <c>@</c>, and a budget of 0 or more.</param>
    /// <exception cref="FormatException"><paramref name="text"/> is not a setting.</exception>
    public static Setting Parse(string text) =>
        TryParse(text, out var setting) ? setting : throw new FormatException($"'{text}' is not a setting: write model@budget, for example mini@64.");

    /// <summary>Reads a setting written by <see cref="ToString"/>, and says whether it was one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="setting">The setting, where it is one.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out Setting setting)
    {
        setting = default;
        var at = text?.LastIndexOf('@') ?? -1;
        if (at <= 0 || !int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var budget))
        {
            return false;
        }

        setting = new Setting(text![..at], budget);
        return true;
    }
}
