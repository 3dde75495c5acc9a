namespace FlowCompile.Generators.Model;

/// <summary>When a candidate list ends early.</summary>
/// <param name="Count">How many candidates have to agree.</param>
/// <param name="Equality">The name of the method that says whether two agree; empty to compare values as they are.</param>
internal sealed record AgreementSpec(int Count, string Equality);
