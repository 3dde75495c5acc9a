using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>
/// The parameters of the method that awaits a node's inputs, with the arguments that <c>Start</c> gives and the lines that turn tasks
/// into values.
/// </summary>
internal sealed class NodeSignature
{
    private readonly DispatchNodes _nodes;
    private readonly NameScope _scope = new("workflow", "run", "replica", "attempt", "attempts", "call", "output", "exception");
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tasks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private NodeSignature(DispatchNodes nodes) => _nodes = nodes;

    /// <summary>The parameters.</summary>
    public List<string> Parameters { get; } = [];

    /// <summary>The arguments.</summary>
    public List<string> Arguments { get; } = [];

    /// <summary>The lines that await values, in order.</summary>
    public List<string> Awaits { get; } = [];

    /// <summary>The signature of a node, of its router, and of its test where it repairs.</summary>
    public static NodeSignature Of(DispatchNodes nodes, DispatchNode node)
    {
        var signature = new NodeSignature(nodes);
        var test = node.Spec.Repair is { } repair ? nodes[repair.Test] : null;
        if (!node.Spec.IsStatic || test is { Spec.IsStatic: false })
        {
            signature.Add($"{nodes.Workflow.Type.Self.Name} workflow", "workflow");
        }

        signature.Add($"{Names.Run} run", "run");
        if (node.Spec.IsReplicated)
        {
            signature.Add("int replica", "replica");
        }

        if (node.Spec.Branch is { } branch)
        {
            signature.AddRouter(nodes[branch.Router]);
        }

        // Values keep the names of the user's parameters; tasks take what is left.
        var parameters = node.Spec.Inputs.ToList();
        parameters.AddRange(test?.Spec.Inputs ?? []);
        foreach (var parameter in parameters)
        {
            signature.TakeValue(KeyOf(parameter), parameter.Name);
        }

        if (node.Spec.Repair is { } loop)
        {
            signature.TakeValue(loop.Test, "verdict");
        }

        foreach (var parameter in parameters)
        {
            signature.AddInput(parameter);
        }

        if (test is not null)
        {
            signature.AddUpstream(test);
        }

        return signature;
    }

    /// <summary>The local that holds a parameter's value.</summary>
    public string ValueOf(ParameterSpec parameter) => _values[KeyOf(parameter)];

    /// <summary>The local that holds an upstream's output.</summary>
    public string ValueOf(string upstream) => _values[upstream];

    /// <summary>The task of the router.</summary>
    public string? Router { get; private set; }

    // No name has a space, so an upstream, a list and an input cannot be confused.
    private static string KeyOf(ParameterSpec parameter) => parameter.Role switch
    {
        ParameterRole.Upstream => parameter.Sources[0],
        ParameterRole.Candidates => $"list {string.Join(" ", parameter.Sources)}",
        _ => $"input {parameter.Name}",
    };

    private void Add(string parameter, string argument)
    {
        Parameters.Add(parameter);
        Arguments.Add(argument);
    }

    private void TakeValue(string key, string name)
    {
        if (!_values.ContainsKey(key))
        {
            _values.Add(key, _scope.Take(name, "Value"));
        }
    }

    private void AddInput(ParameterSpec parameter)
    {
        var value = ValueOf(parameter);
        switch (parameter.Role)
        {
            case ParameterRole.Upstream:
                AddUpstream(_nodes[parameter.Sources[0]]);
                break;
            case ParameterRole.Candidates when _seen.Add(KeyOf(parameter)):
                var tasks = _scope.Take(parameter.Name + "Tasks", "List");
                Add($"{StartEmitter.CandidatesType(_nodes, parameter)} {tasks}", ReaderOf(parameter).CandidatesVariable);
                Awaits.Add(parameter.Agreement is { } agreement
                    ? $"var {value} = await run.Agree{(_nodes.HasBranches ? "Present" : "")}Async({ReaderOf(parameter).Number}, {tasks}, {Literals.Number(agreement.Count)}, {Equality(agreement)}){Names.Await};"
                    : _nodes.HasBranches
                    ? $"var {value} = await global::FlowCompile.CandidateTasksExtensions.PresentAsync({tasks}){Names.Await};"
                    : $"var {value} = await {tasks}.ToArrayAsync(){Names.Await};");
                break;
            case ParameterRole.Input when _seen.Add(KeyOf(parameter)):
                Add($"{parameter.Type.Code} {value}", _nodes.InputVariable(parameter.Name));
                break;
        }
    }

    private void AddUpstream(DispatchNode upstream)
    {
        if (!_seen.Add(upstream.Spec.Name))
        {
            return;
        }

        if (!_tasks.TryGetValue(upstream.Spec.Name, out var task))
        {
            task = _scope.Take(upstream.Variable.TrimStart('@'), "Task");
            Add($"{Names.Task}<{upstream.Type}> {task}", Argument(upstream));
        }

        var value = _values[upstream.Spec.Name];
        Awaits.AddRange(_nodes.HasBranches
            ? [$"if (await {task}{Names.Await} is not {{ HasValue: true, Value: var {value} }})", "{", "    return default;", "}", ""]
            : [$"var {value} = await {task}{Names.Await};"]);
    }

    private void AddRouter(DispatchNode router)
    {
        // A router whose output is an input as well is one task.
        Router = _scope.Take(router.Variable.TrimStart('@'), "Task");
        _tasks[router.Spec.Name] = Router;
        Add($"{Names.Task}<{router.Type}> {Router}", Argument(router));
    }

    // A node that always runs, or always has a stand-in from an input, has a task; the rules of structure see to the others.
    private string Argument(DispatchNode upstream) =>
        upstream.OutputVariable + (PassedThrough.IsAlwaysThere(_nodes, upstream) ? "" : "!");

    private string Equality(AgreementSpec agreement) =>
        agreement.Equality.Length == 0 ? "null" : $"{_nodes.Workflow.Type.Self.Name}.{Identifiers.Escape(agreement.Equality)}";

    private DispatchNode ReaderOf(ParameterSpec list) => _nodes.Order.First(node => node.Spec.Parameters.Contains(list));
}
