namespace FlowCompile.Settings;

/// <summary>What may be written for an option of a provider.</summary>
/// <param name="Shape">What kind of value it is.</param>
/// <param name="Values">The texts it may be, or the keys it may have; <see langword="null"/> where any will do.</param>
/// <param name="Minimum">The smallest a number may be.</param>
internal sealed record ModelOption(ModelOptionShape Shape, IReadOnlyCollection<string>? Values = null, int Minimum = 0)
{
    public static ModelOption Text { get; } = new(ModelOptionShape.Text);

    /// <summary>A text for the model, of any lines.</summary>
    public static ModelOption Prose { get; } = new(ModelOptionShape.Prose);

    /// <summary>An object of any members, as it is.</summary>
    public static ModelOption Object { get; } = new(ModelOptionShape.Object);

    /// <summary>An object that has such an object for each of some budgets.</summary>
    public static ModelOption ObjectByBudget { get; } = new(ModelOptionShape.ObjectByBudget);

    /// <summary>An object of texts under any names.</summary>
    public static ModelOption Texts { get; } = new(ModelOptionShape.Texts);

    public static ModelOption OneOf(params string[] values) => new(ModelOptionShape.Text, values);

    /// <summary>An object that has a text or <c>null</c> for each of some names.</summary>
    public static ModelOption TextsOrNull(params string[] keys) => new(ModelOptionShape.TextsOrNull, keys);

    public static ModelOption NumberFrom(int minimum) => new(ModelOptionShape.Number, Minimum: minimum);
}
