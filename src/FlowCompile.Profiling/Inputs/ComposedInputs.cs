namespace FlowCompile.Profiling;

/// <summary>Inputs of a sub-agent that were put together from recorded outputs.</summary>
/// <param name="Node">The sub-agent's index.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Judged">What is right in them.</param>
internal sealed record ComposedInputs(int Node, StoredInputs Inputs, JudgedInputs Judged);
