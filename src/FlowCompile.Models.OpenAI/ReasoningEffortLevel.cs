namespace FlowCompile.Models.OpenAI;

/// <summary>An effort, and the largest reasoning budget that it stands for.</summary>
/// <param name="Effort">The effort as the server calls it, for example <c>low</c>.</param>
/// <param name="MaxBudget">The largest budget, in thinking tokens; <see cref="int.MaxValue"/> for the last.</param>
public sealed record ReasoningEffortLevel(string Effort, int MaxBudget);
