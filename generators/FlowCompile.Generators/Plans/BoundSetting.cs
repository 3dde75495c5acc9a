namespace FlowCompile.Generators.Plans;

/// <summary>The setting of a node, by its index, or of one of its calls.</summary>
/// <param name="Node">The node's index.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Budget">The reasoning budget.</param>
/// <param name="Call">Which replica or repair attempt it is for, from 0; <see langword="null"/> where it is for all calls.</param>
internal sealed record BoundSetting(int Node, string Model, int Budget, int? Call = null)
{
    public override string ToString() => $"{Model}@{Budget}";
}
