namespace FlowCompile.Generators.Model;

/// <summary>A type, as text.</summary>
/// <param name="Code">As generated code writes it: fully qualified from <c>global::</c>, with the annotations of nullable references.</param>
/// <param name="Name">As the graph writes it, and its hash: full names without <c>global::</c> and without those annotations.</param>
/// <param name="Runtime">As <c>typeof</c> takes it: fully qualified, without those annotations.</param>
internal sealed record TypeSpec(string Code, string Name, string Runtime);
