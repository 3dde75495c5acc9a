namespace FlowCompile.Generators.Plans;

/// <summary>The setting of a node, by its index.</summary>
/// <param name="Node">The node's index.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Budget">The reasoning budget.</param>
internal sealed record BoundSetting(int Node, string Model, int Budget)
{
    public override string ToString() => $"{Model}@{Budget}";
}
