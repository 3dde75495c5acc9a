namespace FlowCompile.Settings;

/// <summary>What may be written for an option of a provider.</summary>
/// <param name="Values">The texts it may be; <see langword="null"/> where any will do.</param>
/// <param name="IsNumber">Whether it is a whole number instead.</param>
/// <param name="Minimum">The smallest the number may be.</param>
internal sealed record ModelOption(IReadOnlyCollection<string>? Values = null, bool IsNumber = false, int Minimum = 0)
{
    public static ModelOption Text { get; } = new();

    public static ModelOption OneOf(params string[] values) => new(values);

    public static ModelOption NumberFrom(int minimum) => new(IsNumber: true, Minimum: minimum);
}
