namespace FlowCompile.Generators.Model;

/// <summary>One level of the nesting that a generated part is written into.</summary>
/// <param name="Keyword">How the type is declared: <c>class</c>, <c>record</c>, <c>struct</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">Its name with its type parameters, keywords escaped.</param>
internal sealed record TypeDeclarationSpec(string Keyword, string Name);
