using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators;

/// <summary>Emits, for every class with <c>[Workflow]</c>, its graph, its dispatch and the table of its compiled plan.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class WorkflowGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
