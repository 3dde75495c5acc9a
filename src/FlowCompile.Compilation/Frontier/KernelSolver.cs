namespace FlowCompile.Compilation;

/// <summary>
/// Solves what does not decompose by branch and bound over boxes. A box is a range of rows for every vertex, and the best of each range
/// together bound all choices in it: everything is monotone. A box that even so gives only dominated points is dropped; of the others
/// the one that could gain most is split in two. The search ends when no box is left, which is exact, or when it has taken long enough:
/// then what the boxes left could still gain is how much may be lost.
/// </summary>
internal sealed class KernelSolver
{
    // Steps of estimates: about half a second on one core.
    private const long MaxWork = 1L << 26;
    private const int MaxBoxes = 1 << 18;
    private const double Unknown = 1;
    private readonly FrontCombiner _combiner;
    private readonly CircuitEstimator _estimator;
    private readonly Front?[] _rows;
    private readonly int[] _open;
    private readonly double _longest;
    private readonly CallValues[] _calls;
    private readonly int[] _chosen;
    private readonly KernelArchive _archive;
    private readonly PriorityQueue<KernelBox, (double Loss, int Number)> _boxes = new();
    private int _numbers;
    private long _work;

    private KernelSolver(Circuit circuit, Front?[] rows, FrontCombiner combiner, Schedule schedule)
    {
        _combiner = combiner;
        _estimator = new CircuitEstimator(circuit, schedule);
        _rows = rows;
        _open = [.. Enumerable.Range(0, rows.Length).Where(v => rows[v] is not null)];
        _longest = Math.Max(double.Epsilon, _open.Sum(v => rows[v]![^1].Primary));
        _calls = new CallValues[rows.Length];
        _chosen = new int[rows.Length];
        _archive = new KernelArchive(combiner.Quantities);
    }

    /// <summary>Solves a circuit.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="rows">For each vertex its rows; <see langword="null"/> for a gate.</param>
    /// <param name="combiner">The objectives.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="maxLoss">The loss of accuracy at which a long search may end.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The front, and for each of its points, by <see cref="FrontPoint.Left"/>, the row of every vertex.</returns>
    public static (Front Front, IReadOnlyList<int[]> Choices) Solve(
        Circuit circuit, Front?[] rows, FrontCombiner combiner, Schedule schedule, double maxLoss, CancellationToken cancellationToken)
    {
        var solver = new KernelSolver(circuit, rows, combiner, schedule);
        var loss = solver.Search(maxLoss, cancellationToken);
        var (front, choices) = solver._archive.ToFront();
        return (front with { Loss = loss }, choices);
    }

    private double Search(double maxLoss, CancellationToken cancellationToken)
    {
        var whole = new KernelBox([.. _open.Select(_ => 0)], [.. _open.Select(v => _rows[v]!.Count - 1)]);
        Visit(whole.Low);
        Visit(whole.High);
        Add(whole);
        while (_boxes.TryDequeue(out var box, out var priority))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_archive.IsDominated(box.Best))
            {
                continue;
            }

            // What was found since the box was put in may leave it less to gain than others have.
            var loss = LossOf(box.Best);
            if (_boxes.TryPeek(out _, out var next) && loss < -next.Loss)
            {
                _boxes.Enqueue(box, (-loss, priority.Number));
                continue;
            }

            if (_work > MaxWork || _boxes.Count > MaxBoxes || (_work > MaxWork / 8 && loss <= maxLoss))
            {
                return Math.Min(Unknown, loss);
            }

            Split(box);
        }

        return 0;
    }

    private void Split(KernelBox box)
    {
        var (widest, width) = (0, double.NegativeInfinity);
        for (var i = 0; i < _open.Length; i++)
        {
            var (low, high) = (_rows[_open[i]]![box.Low[i]], _rows[_open[i]]![box.High[i]]);
            var spread = Math.Abs(high.Accuracy - low.Accuracy) + ((high.Primary - low.Primary) / _longest);
            (widest, width) = box.Low[i] < box.High[i] && spread > width ? (i, spread) : (widest, width);
        }

        var middle = (box.Low[widest] + box.High[widest]) >> 1;
        var first = new KernelBox(box.Low, [.. box.High]);
        first.High[widest] = middle;
        var second = new KernelBox([.. box.Low], box.High);
        second.Low[widest] = middle + 1;
        Visit(first.High);
        Visit(second.Low);
        Add(first);
        Add(second);
    }

    // A box with a single choice has been visited.
    private void Add(KernelBox box)
    {
        if (box.IsSingle)
        {
            return;
        }

        for (var i = 0; i < _open.Length; i++)
        {
            _calls[_open[i]] = BestOf(_rows[_open[i]]!, box.Low[i], box.High[i]);
        }

        box.Best = Estimate();
        if (!_archive.IsDominated(box.Best))
        {
            _boxes.Enqueue(box, (-LossOf(box.Best), _numbers++));
        }
    }

    private void Visit(int[] choice)
    {
        for (var i = 0; i < _open.Length; i++)
        {
            _chosen[_open[i]] = choice[i];
            _calls[_open[i]] = _combiner.Values(_rows[_open[i]]![choice[i]]);
        }

        var point = Estimate();
        if (!_archive.IsDominated(point))
        {
            _archive.Add(point, _chosen);
        }
    }

    private FrontPoint Estimate()
    {
        _work += _estimator.Size;
        return _combiner.Point(_estimator.Estimate(_calls), 0);
    }

    private double LossOf(in FrontPoint best) => _archive.BestWithin(best) is { } found ? best.Accuracy - found : 1 + best.Accuracy;

    // No row of the range is better in anything than this. With two objectives the ends say it.
    private CallValues BestOf(Front front, int low, int high)
    {
        if (_combiner.Quantities == 1)
        {
            return _combiner.Values(front[low] with { Accuracy = front[high].Accuracy });
        }

        var best = front[low];
        for (var row = low + 1; row <= high; row++)
        {
            best = best with
            {
                Accuracy = Math.Max(best.Accuracy, front[row].Accuracy),
                Secondary = Math.Min(best.Secondary, front[row].Secondary),
                Tertiary = Math.Min(best.Tertiary, front[row].Tertiary),
            };
        }

        return _combiner.Values(best);
    }
}
