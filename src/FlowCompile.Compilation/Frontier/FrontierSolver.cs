using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>Finds the front of each structure of one workflow. What structures have in common is solved once.</summary>
internal sealed class FrontierSolver
{
    /// <summary>More choices than branch and bound can be hoped to go through.</summary>
    public const double ManyChoices = 1e9;

    // A proven loss that branch and bound could not better on so many choices.
    private const double Acceptable = 0.02;

    // More points differ by less than anybody measures.
    private const int MaxPoints = 1 << 12;
    private readonly FrontCombiner _combiner;
    private readonly FrontCombiner _exact;
    private readonly TermPool _terms;
    private readonly TermSolver _solver;
    private readonly IReadOnlyList<SettingProfile>[] _rows;
    private readonly double _maxLoss;
    private readonly double _many; // as a logarithm

    /// <summary>Creates a solver.</summary>
    /// <param name="rows">For each node of the graph the rows that settings are chosen from.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="objectives">The objectives.</param>
    /// <param name="maxLoss">The accuracy that a front too large to be exact may lose.</param>
    /// <param name="manyChoices">How many choices are too many to be exact where a graph cannot be taken apart.</param>
    /// <param name="mayDiffer">Whether so many calls of a node may have different settings; <see langword="null"/> for none.</param>
    public FrontierSolver(
        IReadOnlyList<SettingProfile>[] rows, Schedule schedule, Objectives objectives, double maxLoss, double manyChoices = ManyChoices, Func<int, int, bool>? mayDiffer = null)
    {
        _many = Math.Log(manyChoices);
        _rows = rows;
        _maxLoss = maxLoss;
        Schedule = schedule;
        _combiner = new FrontCombiner(schedule, objectives);
        _terms = new TermPool(schedule, mayDiffer);
        _exact = new FrontCombiner(schedule, objectives, MaxPoints);
        _solver = new TermSolver(_exact, schedule, rows);
    }

    /// <summary>The schedule.</summary>
    public Schedule Schedule { get; }

    /// <summary>Takes the circuit of a structure apart.</summary>
    public DecomposedStructure Decompose(WorkflowStructure structure, Circuit circuit)
    {
        var (reduced, bodies) = CircuitReducer.Reduce(circuit, _terms, Schedule);
        var (kernel, origins) = reduced.Unroll(vertex => _terms.MayDiffer(vertex.Node, vertex.Calls));
        return new DecomposedStructure(structure, kernel, [.. origins.Select(origin => bodies[origin])]);
    }

    /// <summary>Solves a structure: exactly, or where that would be too much to within the loss allowed.</summary>
    public SolvedStructure Solve(DecomposedStructure decomposed, CancellationToken cancellationToken)
    {
        if (decomposed.Term is not { } term)
        {
            return SolveKernel(decomposed, cancellationToken);
        }

        try
        {
            return new SolvedStructure(decomposed, _solver.Solve(term), _solver, [term]);
        }
        catch (FrontTooLargeException)
        {
            var (balanced, solver) = Thin([term], _maxLoss);
            return new SolvedStructure(decomposed, solver.Solve(balanced[0]!), solver, balanced);
        }
    }

    private SolvedStructure SolveKernel(DecomposedStructure decomposed, CancellationToken cancellationToken)
    {
        var (bodies, solver) = (decomposed.Bodies, _solver);
        Front?[] rows;
        try
        {
            rows = Rows();
        }
        catch (FrontTooLargeException)
        {
            (bodies, solver) = Thin(bodies, decomposed.Kernel.Vertices.Any(vertex => vertex.Kind == VertexKind.Repair) ? 0 : _maxLoss / 2);
            rows = Rows();
        }

        // The accuracy of the whole is linear in that of each part, and by no more than one.
        var lost = rows.Sum(front => front?.Loss ?? 0);
        if (SolvePaths(decomposed.Kernel, rows, _maxLoss - lost, cancellationToken) is var (paths, chosen))
        {
            return new SolvedStructure(decomposed, paths with { Loss = Math.Min(1, paths.Loss + lost) }, solver, bodies, chosen);
        }

        var (front, choices) = KernelSolver.Solve(decomposed.Kernel, rows, _combiner, Schedule, _maxLoss - lost, cancellationToken);
        return new SolvedStructure(decomposed, front with { Loss = Math.Min(1, front.Loss + lost) }, solver, bodies, choices);

        Front?[] Rows() => [.. decomposed.Kernel.Vertices.Select((vertex, v) =>
            vertex.Kind == VertexKind.Repair ? solver.Repairer(vertex.Node) : bodies[v] is { } body ? solver.Solve(body) : null)];
    }

    // Where everything is required and there is far too much to go through, bounds by what a second is worth are close; boxes are far from theirs.
    private (Front Front, IReadOnlyList<int[]> Choices)? SolvePaths(Circuit kernel, Front?[] rows, double maxLoss, CancellationToken cancellationToken)
    {
        if (_combiner.Quantities != 1
            || _combiner.IsSum(true)
            || maxLoss <= 0
            || rows.Sum(front => Math.Log(front?.Count ?? 1)) < _many
            || PathKernel.TryCreate(kernel, rows) is not { } paths)
        {
            return null;
        }

        var (loss, choices) = PathSolver.Solve(paths, maxLoss, cancellationToken);
        if (loss > Acceptable)
        {
            return null;
        }

        var estimator = new CircuitEstimator(kernel, Schedule);
        var points = choices.Select((choice, i) =>
            _combiner.Point(estimator.Estimate([.. choice.Select((row, v) => rows[v] is { } front ? _combiner.Values(front[row]) : default)]), i)).ToList();
        return (_combiner.Filter(points) with { Loss = loss }, choices);
    }

    // What repairs start from stays exact: less accuracy there would cost latency too.
    private (Term?[] Terms, TermSolver Solver) Thin(Term?[] terms, double loss)
    {
        Term?[] balanced = [.. terms.Select(term => term is null ? null : _terms.Balance(term))];
        var plan = loss > 0 ? ThinningPlan.Create([.. balanced.OfType<Term>()], _rows, loss) : null;
        return (balanced, new TermSolver(_combiner, Schedule, _rows, plan));
    }
}
