namespace FlowCompile.Generators.Model;

/// <summary>Where a workflow class is declared, so that its generated parts can be.</summary>
/// <param name="Namespace">The namespace, keywords escaped; empty for the global one.</param>
/// <param name="Types">The containing types from the outside in, the workflow class itself last.</param>
/// <param name="HintName">The start of the hint names of its files: unique in the assembly.</param>
internal sealed record HierarchySpec(string Namespace, EquatableArray<TypeDeclarationSpec> Types, string HintName)
{
    /// <summary>The workflow class.</summary>
    public TypeDeclarationSpec Self => Types[Types.Count - 1];
}
