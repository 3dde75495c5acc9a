namespace FlowCompile.Profiling;

/// <summary>A doubt that a model's answers are answers: part of them may be thinking that was not told apart.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Sign">What shows it.</param>
/// <param name="Outcomes">How many outcomes show it.</param>
/// <param name="Of">How many outcomes of the model were looked at.</param>
public sealed record ThinkingDoubt(string Model, ThinkingSign Sign, int Outcomes, int Of);
