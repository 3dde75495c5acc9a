namespace FlowCompile.Tests.Run.Golden.Code;

/// <summary>One task with its tests.</summary>
/// <param name="Task">The task, in words.</param>
/// <param name="Tests">What the code must contain.</param>
public sealed record CodeCase(string Task, string Tests);
