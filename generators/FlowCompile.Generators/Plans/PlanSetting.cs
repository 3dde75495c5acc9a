namespace FlowCompile.Generators.Plans;

/// <summary>A setting in a plan.</summary>
/// <param name="Node">The sub-agent's name.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Budget">The reasoning budget.</param>
/// <param name="Call">Which replica or repair attempt it is for, from 0; <see langword="null"/> where it is for all calls.</param>
internal sealed record PlanSetting(string Node, string Model, int Budget, int? Call = null)
{
    /// <summary>Reads <c>model@budget</c>.</summary>
    public static PlanSetting? TryParse(string node, string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && text.Length > at + 1 && text.Skip(at + 1).All(c => c is >= '0' and <= '9') && int.TryParse(text.Substring(at + 1), out var budget)
            ? new PlanSetting(node, text.Substring(0, at), budget)
            : null;
    }
}
