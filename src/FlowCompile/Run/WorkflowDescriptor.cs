using System.ComponentModel;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// What the generator says of a workflow to the profiler and the command line: its graph and plan, and untyped ways to run it, one node
/// of it, and its scores. Programs use the typed members of the workflow class instead.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public abstract class WorkflowDescriptor
{
    /// <summary>The workflow's graph.</summary>
    public abstract WorkflowGraph Graph { get; }

    /// <summary>The models the workflow may run on; empty: all of <c>flowcompile.json</c>.</summary>
    public abstract IReadOnlyList<string> Models { get; }

    /// <summary>The budgets the workflow may run under; empty: those of <c>flowcompile.json</c>.</summary>
    public abstract IReadOnlyList<int> Budgets { get; }

    /// <summary>The compiled plan that was there at build time; <see langword="null"/> where there was none.</summary>
    public abstract WorkflowPlan? CompiledPlan { get; }

    /// <summary>The names of the workflow's inputs, in the order of its <c>RunAsync</c>.</summary>
    public abstract IReadOnlyList<string> InputNames { get; }

    /// <summary>The types of the workflow's inputs, in the same order.</summary>
    public abstract IReadOnlyList<Type> InputTypes { get; }

    /// <summary>The type of a case, which the score methods take; <see langword="null"/> where there is no score method.</summary>
    public abstract Type? CaseType { get; }

    /// <summary>The type of a node's output.</summary>
    /// <param name="node">The node's index.</param>
    public abstract Type OutputType(int node);

    /// <summary>Makes an instance of the workflow over a catalog of models.</summary>
    /// <param name="models">The models.</param>
    /// <exception cref="NotSupportedException">The workflow has no constructor without parameters, or is made by a factory.</exception>
    public abstract object CreateWorkflow(ModelCatalog models);

    /// <summary>Makes an instance of the workflow: by its factory (<see cref="WorkflowFactoryAttribute"/>), else over the models among the services.</summary>
    /// <param name="services">The services, a <see cref="ModelCatalog"/> among them.</param>
    /// <exception cref="NotSupportedException">The workflow has neither a factory nor a constructor without parameters.</exception>
    /// <exception cref="InvalidOperationException">There are no models among the services.</exception>
    public virtual object CreateWorkflow(IServiceProvider services) => CreateWorkflow(WorkflowServices.Models(services));

    /// <summary>Runs one node, without its repair loop or replicas: one call of its method.</summary>
    /// <param name="workflow">The workflow's instance.</param>
    /// <param name="node">The node's index.</param>
    /// <param name="inputs">The values of its inputs, in the order of <see cref="GraphNode.Inputs"/>; a candidate list as <c>object?[]</c>.</param>
    /// <param name="agent">The context of a sub-agent; <see langword="null"/> for a tool.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public abstract ValueTask<object?> InvokeNodeAsync(
        object workflow, int node, IReadOnlyList<object?> inputs, SubAgentContext? agent, CancellationToken cancellationToken);

    /// <summary>Runs the workflow under one configuration.</summary>
    /// <param name="workflow">The workflow's instance.</param>
    /// <param name="inputs">The values of the workflow's inputs, in the order of <see cref="InputNames"/>.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="WorkflowException">A node failed.</exception>
    public abstract Task<WorkflowResult<object?>> RunAsync(
        object workflow, IReadOnlyList<object?> inputs, WorkflowConfiguration configuration, RunOptions options, CancellationToken cancellationToken);

    /// <summary>Whether a node's output can be scored: by a score method of its own or by the workflow's, where the types fit.</summary>
    /// <param name="node">The node's index.</param>
    public abstract bool CanScore(int node);

    /// <summary>Scores a node's output, 0 (wrong) to 1 (right).</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="expected">The case, of type <see cref="CaseType"/>.</param>
    /// <param name="output">The output.</param>
    /// <exception cref="InvalidOperationException">The node cannot be scored (<see cref="CanScore"/>).</exception>
    public abstract double Score(int node, object expected, object? output);

    /// <summary>A candidate list of untyped values as the typed list that a node's method takes. For generated code.</summary>
    /// <typeparam name="T">The type of one candidate.</typeparam>
    /// <param name="candidates">The list, as <c>object?[]</c> or another list.</param>
    protected static IReadOnlyList<T> CandidatesOf<T>(object? candidates) => candidates switch
    {
        IReadOnlyList<T> typed => typed,
        System.Collections.IEnumerable values => [.. values.Cast<T>()],
        _ => throw new ArgumentException("A candidate list is a list of values.", nameof(candidates)),
    };

    /// <summary>The exception for a node that cannot be scored. For generated code.</summary>
    /// <param name="node">The node's index.</param>
    protected Exception NoScore(int node) => new InvalidOperationException(
        $"'{Graph.Nodes[node].Name}' of workflow '{Graph.Name}' has no score; add a static method with [Score(\"{Graph.Nodes[node].Name}\")].");
}
