using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>
/// Finds out which way the tools that route go on each case: in the reference runs, and on inputs composed of recorded outputs where both
/// runs gave them right inputs, or both wrong ones. No model is asked.
/// </summary>
internal sealed class RouteFinder
{
    private readonly ProfileContext _context;
    private readonly NodeJson _json;
    private readonly WorkflowGraph _graph;
    private readonly IReadOnlyList<int> _routers;

    public RouteFinder(ProfileContext context, NodeJson json)
    {
        (_context, _json, _graph) = (context, json, context.Descriptor.Graph);
        _routers =
        [
            .. _graph.Nodes.Select(node => node.Condition?.Router).OfType<string>().Distinct().Select(_graph.IndexOf)
                .Where(router => _graph.Nodes[router].Kind == NodeKind.Tool && context.Largest.IsActive(router)).Order(),
        ];
    }

    /// <summary>Which way the reference runs went.</summary>
    /// <param name="references">The reference runs; those that failed are not in the store.</param>
    public IReadOnlyList<ProfiledRoute> Seen(IReadOnlyList<ReferenceRequest> references)
    {
        var routes = new List<ProfiledRoute>();
        foreach (var reference in _routers.Count > 0 ? references : [])
        {
            var outputs = _context.Store.References.Read(reference.Key);
            var rightness = new InputRightness(_graph, _context.Largest, outputs);
            foreach (var router in _routers)
            {
                // A test of a repair loop returns something at every attempt: the last one counts.
                if (outputs.Where(output => output.Node == _graph.Nodes[router].Name).MaxBy(output => output.Attempt) is { } seen)
                {
                    routes.Add(Route(router, reference.Case, reference.Variant, rightness.Judge(router), seen.Output));
                }
            }
        }

        return routes;
    }

    /// <summary>Composes the inputs that the reference runs did not show on some cases, and keeps which way the tools go on them.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="recorded">The outputs recorded on a case, by sub-agent.</param>
    /// <param name="composer">Composes inputs.</param>
    /// <param name="cancellationToken">Stops the tools.</param>
    public async Task CompleteAsync(
        IReadOnlyList<WorkflowCase> cases, Func<WorkflowCase, ILookup<int, RecordedOutput>> recorded, InputComposer composer, CancellationToken cancellationToken)
    {
        if (_routers.Count == 0)
        {
            return;
        }

        var ids = cases.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var seen = _context.Store.Routes.Read().FindAll(route => ids.Contains(route.CaseId) && route.Variant != InputVariant.Composed);
        var routes = new List<ProfiledRoute>();
        foreach (var one in cases)
        {
            var outputs = recorded(one);
            foreach (var router in _routers)
            {
                var known = seen.FindAll(route => route.CaseId == one.Id && route.Node == _graph.Nodes[router].Name)
                    .ConvertAll(route => (route.Variant, new JudgedInputs(route.InputsRight, route.RightCandidates, route.Candidates)));
                foreach (var inputs in await composer.ComposeAsync(one, router, known, source => [.. outputs[source]], cancellationToken).ConfigureAwait(false))
                {
                    if (await InvokeAsync(router, inputs, cancellationToken).ConfigureAwait(false) is { } output)
                    {
                        routes.Add(Route(router, one, InputVariant.Composed, inputs.Judged, output));
                    }
                }
            }
        }

        _context.Store.Routes.ReplaceComposed(ids, routes);
    }

    private async Task<string?> InvokeAsync(int router, ComposedInputs composed, CancellationToken cancellationToken)
    {
        object? output;
        try
        {
            output = await _context.Descriptor
                .InvokeNodeAsync(_context.Workflow, router, _json.ReadInputs(router, composed.Inputs), null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A run that meets this ends with the tool's error, and takes no branch.
            return null;
        }

        return _json.WriteOutput(router, output);
    }

    private ProfiledRoute Route(int router, WorkflowCase one, InputVariant variant, JudgedInputs judged, string output) => new()
    {
        Node = _graph.Nodes[router].Name,
        CaseId = one.Id,
        Variant = variant,
        InputsRight = judged.AllRight,
        RightCandidates = judged.RightCandidates,
        Candidates = judged.Candidates,
        Output = output,
    };
}
