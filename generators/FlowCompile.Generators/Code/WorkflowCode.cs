using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Code;

/// <summary>What the sources of a workflow's nodes say.</summary>
/// <param name="HintName">The start of the hint names of its files.</param>
/// <param name="Class">The full name of its class, as reflection has it.</param>
/// <param name="Nodes">The hash of each node's source; under the empty name that of the score methods.</param>
internal sealed record WorkflowCode(string HintName, string Class, EquatableArray<NodeCode> Nodes);
