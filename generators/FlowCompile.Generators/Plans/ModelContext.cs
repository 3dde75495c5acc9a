namespace FlowCompile.Generators.Plans;

/// <summary>How much a model of <c>flowcompile.json</c> takes in.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Length">The most tokens of prompt and answer together.</param>
internal sealed record ModelContext(string Model, int Length);
