namespace FlowCompile.Generators.Model;

/// <summary>A constant of a branch, as text.</summary>
/// <param name="Code">As generated code writes it.</param>
/// <param name="Name">As the graph writes it.</param>
internal sealed record ConstantSpec(string Code, string Name);
