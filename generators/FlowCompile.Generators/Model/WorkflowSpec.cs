namespace FlowCompile.Generators.Model;

/// <summary>Everything that the generator needs of a workflow class. It holds nothing of the compiler.</summary>
/// <param name="Name">The workflow's name.</param>
/// <param name="Type">Where the class is declared.</param>
/// <param name="Inputs">The workflow's inputs, in the order they first occur.</param>
/// <param name="Nodes">The nodes, in the order declared.</param>
/// <param name="Output">The output node's name.</param>
internal sealed record WorkflowSpec(
    string Name, HierarchySpec Type, EquatableArray<InputSpec> Inputs, EquatableArray<NodeSpec> Nodes, string Output)
{
    /// <summary>The models of the workflow; empty: all of <c>flowcompile.json</c>.</summary>
    public EquatableArray<string> Models { get; init; }

    /// <summary>The budgets of the workflow; empty: those of <c>flowcompile.json</c>.</summary>
    public EquatableArray<int> Budgets { get; init; }

    /// <summary>The score methods.</summary>
    public EquatableArray<ScoreSpec> Scores { get; init; }

    /// <summary>Whether the class can be made by a constructor without parameters.</summary>
    public bool CanConstruct { get; init; }

    /// <summary>The name of the method that makes the class of services; <see langword="null"/> where a constructor does.</summary>
    public string? Factory { get; init; }

    /// <summary>The name of the class whose method adds the workflow to services; <see langword="null"/> where only the workflow class itself can make an instance.</summary>
    public string? ServicesClass { get; init; }

    /// <summary>From where the class can be used, and with it what is generated for it.</summary>
    public WorkflowAccess Access { get; init; }

    /// <summary>From where the types of its inputs and of its output can be named.</summary>
    public WorkflowAccess RunAccess { get; init; } = WorkflowAccess.Public;

    /// <summary>The output node.</summary>
    public NodeSpec OutputNode => Nodes.First(node => node.Name == Output);
}
