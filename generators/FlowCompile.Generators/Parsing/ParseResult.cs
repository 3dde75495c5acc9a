using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>What reading a workflow class gave.</summary>
/// <param name="Spec">The workflow; <see langword="null"/> where nothing can be generated.</param>
/// <param name="Nodes">The nodes as read, broken ones included.</param>
/// <param name="Diagnostics">What was found.</param>
internal sealed record ParseResult(WorkflowSpec? Spec, IReadOnlyList<NodeDraft> Nodes, IReadOnlyList<Diagnostic> Diagnostics);
