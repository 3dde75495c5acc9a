namespace FlowCompile.Generators.Model;

/// <summary>An input of the workflow: a parameter of <c>RunAsync</c>.</summary>
/// <param name="Name">Its name, not escaped.</param>
/// <param name="Type">Its type.</param>
internal sealed record InputSpec(string Name, TypeSpec Type);
