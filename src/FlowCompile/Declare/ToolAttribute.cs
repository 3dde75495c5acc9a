namespace FlowCompile;

/// <summary>
/// Declares a tool: a method of deterministic code that takes part in the graph and calls no model. It may be static, and returns its
/// result directly or as a <see cref="ValueTask{TResult}"/> or <see cref="Task{TResult}"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ToolAttribute : Attribute;
