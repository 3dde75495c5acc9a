namespace FlowCompile.Generators.Model;

/// <summary>A score method.</summary>
/// <param name="Method">Its name, not escaped.</param>
/// <param name="Node">The name of the node it scores; <see langword="null"/> for the workflow's metric.</param>
/// <param name="CaseType">The type of its first parameter.</param>
/// <param name="OutputType">The type of its second parameter.</param>
/// <param name="ReturnsBool">Whether it returns <see cref="bool"/>, not <see cref="double"/>.</param>
/// <param name="Scored">The names of the nodes it scores: its own, or all whose result fits and that have no score of their own.</param>
internal sealed record ScoreSpec(string Method, string? Node, TypeSpec CaseType, TypeSpec OutputType, bool ReturnsBool, EquatableArray<string> Scored);
