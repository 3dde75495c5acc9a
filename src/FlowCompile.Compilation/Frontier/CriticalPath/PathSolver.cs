namespace FlowCompile.Compilation;

/// <summary>
/// Solves a kernel everything of which is required, for accuracy and latency. The bound of its mixes is close to what there is, and what
/// comes close to a bound is little: choices of little regret are sampled first, and where the best of them is further from the bound than
/// allowed, all that could be better is gone through.
/// </summary>
internal sealed class PathSolver
{
    private const double Rounding = 1e-10;
    private const int Rounds = 4;

    // The most partial choices that are kept at a place: of samples the best, and where all count as many as there may be.
    private const int SampledStates = 1 << 13;
    private const int ProvenStates = 1 << 13;

    // How often a stretch of latencies with more of them than that is halved.
    private const int Halvings = 6;

    // What is sampled may be this much further from the bound than allowed, for a proof to go through what could be better.
    private const double Far = 3;

    // How much worse than the best flow one may bound that serves many latencies, in shares of the loss allowed: where choices are sampled, and
    // where all are gone through.
    private const double SampledWidth = 0.5;
    private const double ProvenWidth = 0.1;

    // Choices are sampled by cells of a share of the loss allowed; where not all could be gone through, up to a regret of so many times that loss by finer
    // ones.
    private const double Cells = 4;
    private const double Near = 8;
    private const double NearCells = 16;
    private readonly PathKernel _kernel;
    private readonly PathBound _bound;
    private readonly PathFront _front;
    private readonly RegretSearch _search;
    private readonly List<(double From, double To)> _failed = [];
    private readonly CancellationToken _cancellationToken;

    private PathSolver(PathKernel kernel, CancellationToken cancellationToken)
    {
        _kernel = kernel;
        _bound = new PathBound(kernel);
        _front = new PathFront(kernel);
        _search = new RegretSearch(kernel);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Solves a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="maxLoss">The loss of accuracy allowed, above 0.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>How much more accurate another choice could be that is as fast as one of these: as much as allowed, or what was proved where that is more; and for each choice the row of every vertex.</returns>
    public static (double Loss, IReadOnlyList<int[]> Choices) Solve(PathKernel kernel, double maxLoss, CancellationToken cancellationToken)
    {
        var solver = new PathSolver(kernel, cancellationToken);
        var loss = solver.Search(maxLoss);
        return (loss, [.. solver._front.Choices]);
    }

    private double Search(double maxLoss)
    {
        _front.Add(new int[_kernel.Count]);
        _front.Add([.. _kernel.Parts.Select(part => part.Seconds.Length - 1)]);
        for (var round = 0; round < Rounds && (round == 0 || Open(Far * maxLoss).Count > 0); round++)
        {
            Sample(round == 0 ? 0 : Far * maxLoss, maxLoss, round);
        }

        Prove(maxLoss);
        return _failed.Count == 0 ? maxLoss : Math.Max(maxLoss, Short());
    }

    // Where not all was gone through, by how much the bound is above what was found.
    private double Short() => _front.Gaps.Max(gap => _failed.Where(part => part.From < gap.To && gap.From < part.To)
        .Select(part => Math.Exp(_bound.At(Math.Min(part.To, gap.To))) - gap.Accuracy).DefaultIfEmpty(0).Max());

    private List<PathGap> Open(double loss) => [.. _front.Gaps.Where(gap => Math.Exp(_bound.At(gap.To)) - gap.Accuracy > loss)];

    private void Sample(double far, double loss, int round)
    {
        foreach (var (flow, gaps, share) in Windows(Open(far), loss, SampledWidth))
        {
            var window = new RegretWindow(_kernel, flow, share * (SampledWidth + (1 << round)), gaps[0].From, gaps[^1].To);
            _search.Sample(window, share / Cells, SampledStates);
            _front.Add(_search, window);
        }
    }

    // Goes through all choices that could be better than allowed, of which there are few: their regret is small.
    private void Prove(double loss)
    {
        foreach (var (flow, gaps, _) in Windows(Open(loss), loss, ProvenWidth))
        {
            Prove(flow, gaps, loss, Halvings);
        }
    }

    private void Prove(PathFlow flow, List<PathGap> gaps, double loss, int halvings)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        gaps.RemoveAll(gap => flow.At(gap.To) <= Math.Log(gap.Accuracy + loss));
        if (gaps.Count == 0)
        {
            return;
        }

        var (from, to) = (gaps[0].From, gaps[^1].To);
        var regret = gaps.Max(gap => flow.At(gap.To) - Math.Log(gap.Accuracy + loss)) + Rounding;
        var window = new RegretWindow(_kernel, flow, regret, from, to);
        if (_search.TryAll(window, ProvenStates))
        {
            _front.Add(_search, window);
        }
        else if (halvings == 0)
        {
            _failed.Add((from, to));
        }
        else
        {
            // What is found near the bound leaves less to go through; half as wide has fewer ends, and its own flow a closer bound.
            var near = new RegretWindow(_kernel, flow, Math.Min(regret, Near * Math.Log(1 + (loss / Math.Exp(flow.At(to))))), from, to);
            _search.Sample(near, near.Regret / NearCells, SampledStates);
            _front.Add(_search, near);
            var middle = from + ((to - from) / 2);
            Prove(Best(middle), Between(from, middle, loss), loss, halvings - 1);
            Prove(Best(to), Between(middle, to, loss), loss, halvings - 1);
        }
    }

    private List<PathGap> Between(double from, double to, double loss) => [.. Open(loss).Where(gap => gap.From < to && from < gap.To)
        .Select(gap => gap with { From = Math.Max(from, gap.From), To = Math.Min(to, gap.To) })];

    private PathFlow Best(double seconds) => _bound.Flows[_bound.Below(seconds)];

    // The longest latencies first, as long as one flow bounds them almost as well as the best one does.
    private IEnumerable<(PathFlow Flow, List<PathGap> Gaps, double Share)> Windows(List<PathGap> open, double loss, double width)
    {
        while (open.Count > 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var to = open[^1].To;
            var most = _bound.At(to);
            var share = Math.Log(1 + (loss / Math.Exp(most)));
            var first = _bound.Below(to);
            var last = first;
            while (last + 1 < _bound.Flows.Count && _bound.Flows[last + 1].At(to) - most <= width * share)
            {
                last++;
            }

            var flow = _bound.Flows[last];
            while (last + 1 < _bound.Flows.Count && flow.At(_bound.Flows[last + 1].From) - _bound.At(_bound.Flows[last + 1].From) <= width * share)
            {
                last++;
            }

            var from = last + 1 < _bound.Flows.Count ? _bound.Flows[last].From : 0;
            var gaps = new List<PathGap>();
            while (open.Count > 0 && open[^1].To > from)
            {
                var gap = open[^1];
                open.RemoveAt(open.Count - 1);
                gaps.Add(gap with { From = Math.Max(from, gap.From) });
                if (gap.From < from)
                {
                    open.Add(gap with { To = from });
                }
            }

            gaps.Reverse();
            yield return (flow, gaps, share);
        }
    }
}
