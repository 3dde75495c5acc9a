using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>Finds the front of each structure of one workflow. What structures have in common is solved once.</summary>
internal sealed class FrontierSolver
{
    private readonly FrontCombiner _combiner;
    private readonly TermPool _terms;
    private readonly TermSolver _solver;

    /// <summary>Creates a solver.</summary>
    /// <param name="rows">For each node of the graph the rows that settings are chosen from.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="objectives">The objectives.</param>
    public FrontierSolver(IReadOnlyList<SettingProfile>[] rows, Schedule schedule, Objectives objectives)
    {
        Schedule = schedule;
        _combiner = new FrontCombiner(schedule, objectives);
        _terms = new TermPool(schedule);
        _solver = new TermSolver(_combiner, schedule, rows);
    }

    /// <summary>The schedule.</summary>
    public Schedule Schedule { get; }

    /// <summary>Takes the circuit of a structure apart.</summary>
    public DecomposedStructure Decompose(WorkflowStructure structure, Circuit circuit)
    {
        var (kernel, bodies) = CircuitReducer.Reduce(circuit, _terms, Schedule);
        return new DecomposedStructure(structure, kernel, bodies);
    }

    /// <summary>Solves a structure.</summary>
    public SolvedStructure Solve(DecomposedStructure decomposed, CancellationToken cancellationToken)
    {
        if (decomposed.Term is { } term)
        {
            return new SolvedStructure(decomposed, _solver.Solve(term), null);
        }

        Front?[] rows = [.. decomposed.Kernel.Vertices.Select((vertex, v) =>
            vertex.Kind == VertexKind.Repair ? _solver.Repairer(vertex.Node) : decomposed.Bodies[v] is { } body ? _solver.Solve(body) : null)];
        var (front, choices) = KernelSolver.Solve(decomposed.Kernel, rows, _combiner, Schedule, cancellationToken);
        return new SolvedStructure(decomposed, front, choices);
    }

    /// <summary>The settings behind a point of a structure's front, by node.</summary>
    public Setting?[] SettingsOf(SolvedStructure solved, int index)
    {
        var settings = new Setting?[solved.Decomposed.Structure.Counts.Count];
        if (solved.Decomposed.Term is { } term)
        {
            _solver.Trace(term, index, settings);
            return settings;
        }

        var choice = solved.Choices![solved.Front[index].Left];
        for (var v = 0; v < choice.Length; v++)
        {
            if (solved.Decomposed.Kernel.Vertices[v].Kind == VertexKind.Repair)
            {
                _solver.TraceRepairer(solved.Decomposed.Kernel.Vertices[v].Node, choice[v], settings);
            }
            else if (solved.Decomposed.Bodies[v] is { } body)
            {
                _solver.Trace(body, choice[v], settings);
            }
        }

        return settings;
    }

    /// <summary>The values of a point.</summary>
    public CallValues Values(in FrontPoint point) => _combiner.Values(point);
}
