namespace FlowCompile;

/// <summary>Marks the node whose output is the workflow's. A workflow has exactly one.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OutputAttribute : Attribute;
