using System.Reflection;
using System.Runtime.CompilerServices;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Profiling.TestHost;

/// <summary>What the generator would write for a workflow, by reflection over its class.</summary>
/// <param name="graph">The graph.</param>
/// <param name="workflow">The class, which has a method of its name for every node.</param>
/// <param name="caseType">The type of a case.</param>
/// <param name="inputs">The workflow's inputs.</param>
public sealed class ReflectedDescriptor(WorkflowGraph graph, Type workflow, Type? caseType, params (string Name, Type Type)[] inputs) : WorkflowDescriptor
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;
    private readonly ConditionalWeakTable<object, ModelCatalog> _models = [];

    /// <summary>The nodes that have no score although a method would fit.</summary>
    public IReadOnlyList<string> Unscored { get; init; } = [];

    public override WorkflowGraph Graph => graph;

    public override IReadOnlyList<string> Models => AllowedModels;

    /// <summary>The models that its sub-agents may run under; empty for all.</summary>
    public IReadOnlyList<string> AllowedModels { get; init; } = [];

    public override IReadOnlyList<int> Budgets => [];

    public override WorkflowPlan? CompiledPlan => null;

    public override IReadOnlyList<string> InputNames => [.. inputs.Select(input => input.Name)];

    public override IReadOnlyList<Type> InputTypes => [.. inputs.Select(input => input.Type)];

    public override Type? CaseType => caseType;

    public override Type OutputType(int node) =>
        MethodOf(node).ReturnType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? type.GetGenericArguments()[0] : MethodOf(node).ReturnType;

    public override object CreateWorkflow(ModelCatalog models)
    {
        var instance = Activator.CreateInstance(workflow)!;
        _models.Add(instance, models);
        return instance;
    }

    public override async ValueTask<object?> InvokeNodeAsync(
        object workflow, int node, IReadOnlyList<object?> inputs, SubAgentContext? agent, CancellationToken cancellationToken)
    {
        var method = MethodOf(node);
        var next = 0;
        var arguments = method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(SubAgentContext) ? agent
            : parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
            : inputs[next++] is object?[] list ? list.Cast<string>().ToList() : inputs[next - 1]).ToArray();
        return method.Invoke(workflow, BindingFlags.DoNotWrapExceptions, null, arguments, null) switch
        {
            ValueTask<string> text => await text,
            ValueTask<bool> flag => await flag,
            var value => value,
        };
    }

    public override Task<WorkflowResult<object?>> RunAsync(
        object workflow, IReadOnlyList<object?> inputs, WorkflowConfiguration configuration, RunOptions options, CancellationToken cancellationToken) =>
        new ReflectedRun(this, workflow, _models.GetValue(workflow, _ => throw new InvalidOperationException("Another descriptor made this workflow.")), inputs, configuration, options).RunAsync(cancellationToken);

    public override bool CanScore(int node) => !Unscored.Contains(graph.Nodes[node].Name) && ScoreOf(node) is not null;

    public override double Score(int node, object expected, object? output) => (double)ScoreOf(node)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [expected, output], null)!;

    private MethodInfo MethodOf(int node) => workflow.GetMethod(graph.Nodes[node].Name, All)!;

    private MethodInfo? ScoreOf(int node)
    {
        var scores = workflow.GetMethods(All).Where(method => method.IsDefined(typeof(ScoreAttribute))).ToList();
        return scores.Find(method => method.GetCustomAttribute<ScoreAttribute>()!.Node == graph.Nodes[node].Name)
            ?? scores.Find(method => method.GetCustomAttribute<ScoreAttribute>()!.Node is null && method.GetParameters()[1].ParameterType == OutputType(node));
    }
}
