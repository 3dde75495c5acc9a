namespace FlowCompile.Compilation;

/// <summary>
/// Combines two parts that add up, under two objectives. For each point of the shorter front the sums with the longer one are in order
/// already, so a heap of those runs gives all sums in order; a run skips ahead past what cannot beat the best accuracy so far. The work
/// is that of the points that come out, and one step for each run between them, rather than that of the cross product.
/// </summary>
internal static class HeapMerge
{
    /// <exception cref="FrontTooLargeException">The front has more than <paramref name="maxPoints"/> points.</exception>
    public static Front Combine(Front left, Front right, AccuracyRule rule, double step, int maxPoints)
    {
        var swap = right.Count > left.Count;
        var (longer, shorter) = swap ? (right, left) : (left, right);
        var heap = new RunHeap(new RunHeap.Entry[shorter.Count]);
        for (var run = 0; run < shorter.Count; run++)
        {
            heap.Add(Sum(0, run));
        }

        var points = new List<FrontPoint>();
        var best = double.NegativeInfinity;
        while (!heap.IsEmpty)
        {
            var top = heap.Top;
            if (top.Accuracy > best + step)
            {
                if (points.Count == maxPoints)
                {
                    throw new FrontTooLargeException();
                }

                best = top.Accuracy;
                var (a, b) = (longer[top.Place], shorter[top.Run]);
                var (secondary, tertiary) = (a.Secondary + b.Secondary, a.Tertiary + b.Tertiary);
                points.Add(swap
                    ? new FrontPoint(top.Accuracy, top.Primary, secondary, tertiary, top.Run, top.Place)
                    : new FrontPoint(top.Accuracy, top.Primary, secondary, tertiary, top.Place, top.Run));
            }

            var next = Next(top.Place + 1, top.Run);
            if (next < longer.Count)
            {
                heap.ReplaceTop(Sum(next, top.Run));
            }
            else
            {
                heap.RemoveTop();
            }
        }

        return new Front([.. points]);

        RunHeap.Entry Sum(int i, int run) => new(
            longer[i].Primary + shorter[run].Primary, FrontCombiner.Accuracy(rule, longer[i].Accuracy, shorter[run].Accuracy), run, i);

        // The first place from which the run beats the best: doubling steps, then bisection.
        int Next(int from, int run)
        {
            var q = shorter[run].Accuracy;
            var (low, stride) = (from, 1);
            while (low < longer.Count && FrontCombiner.Accuracy(rule, longer[low].Accuracy, q) <= best + step)
            {
                from = low + 1;
                low += stride;
                stride <<= 1;
            }

            var high = Math.Min(low, longer.Count);
            while (from < high)
            {
                var middle = (from + high) >> 1;
                (from, high) = FrontCombiner.Accuracy(rule, longer[middle].Accuracy, q) <= best + step ? (middle + 1, high) : (from, middle);
            }

            return from;
        }
    }
}
