namespace FlowCompile.Compilation;

/// <summary>
/// Solves what does not decompose by branch and bound: rows are chosen vertex by vertex, and a choice is given up as soon as even the
/// best rows of all that is still open could give only dominated points.
/// </summary>
internal sealed class KernelSolver
{
    private readonly FrontCombiner _combiner;
    private readonly CircuitEstimator _estimator;
    private readonly Front?[] _rows;
    private readonly int[] _open;
    private readonly CallValues[] _calls;
    private readonly CallValues[] _best;
    private readonly int[] _chosen;
    private readonly KernelArchive _archive;
    private readonly CancellationToken _cancellationToken;

    private KernelSolver(Circuit circuit, Front?[] rows, FrontCombiner combiner, Schedule schedule, CancellationToken cancellationToken)
    {
        _combiner = combiner;
        _estimator = new CircuitEstimator(circuit, schedule);
        _rows = rows;
        _cancellationToken = cancellationToken;
        _open = [.. Enumerable.Range(0, rows.Length).Where(v => rows[v] is not null).OrderByDescending(v => rows[v]!.Count)];
        _best = [.. rows.Select(front => front is null ? default : BestOf(front))];
        _calls = [.. _best];
        _chosen = new int[rows.Length];
        _archive = new KernelArchive(combiner.UseSecondary);
    }

    /// <summary>Solves a circuit.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="rows">For each vertex its rows; <see langword="null"/> for a gate.</param>
    /// <param name="combiner">The objectives.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The front, and for each of its points, by <see cref="FrontPoint.Left"/>, the row of every vertex.</returns>
    public static (Front Front, IReadOnlyList<int[]> Choices) Solve(
        Circuit circuit, Front?[] rows, FrontCombiner combiner, Schedule schedule, CancellationToken cancellationToken)
    {
        var solver = new KernelSolver(circuit, rows, combiner, schedule, cancellationToken);
        solver.Search(0);
        return solver._archive.ToFront();
    }

    private void Search(int depth)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var point = _combiner.Point(_estimator.Estimate(_calls), 0);
        if (_archive.IsDominated(point))
        {
            return;
        }

        if (depth == _open.Length)
        {
            _archive.Add(point, _chosen);
            return;
        }

        // The most accurate rows first: they leave the least to later ones.
        var v = _open[depth];
        for (var row = _rows[v]!.Count - 1; row >= 0; row--)
        {
            _calls[v] = _combiner.Values(_rows[v]![row]);
            _chosen[v] = row;
            Search(depth + 1);
        }

        _calls[v] = _best[v];
    }

    // No row of the front is better in anything than this.
    private CallValues BestOf(Front front)
    {
        var values = front.Points.Select(point => _combiner.Values(point)).ToList();
        return new CallValues(values.Max(one => one.Accuracy), values.Min(one => one.Latency), values.Min(one => one.Cost));
    }
}
