namespace FlowCompile.Compilation;

/// <summary>
/// Combines two parts that add up, under two objectives. For each point of the shorter front the sums with the longer one are in order
/// already, so a heap of those runs gives all sums in order; a run skips ahead past what cannot beat the best accuracy so far. The work
/// is that of the points that come out, and one step for each run between them, rather than that of the cross product.
/// </summary>
internal static class HeapMerge
{
    public static Front Combine(Front left, Front right, AccuracyRule rule)
    {
        var swap = right.Count > left.Count;
        var (longer, shorter) = swap ? (right, left) : (left, right);
        var heap = new PriorityQueue<int, FrontPoint>(shorter.Count);
        for (var run = 0; run < shorter.Count; run++)
        {
            heap.Enqueue(run, Sum(0, run));
        }

        var points = new List<FrontPoint>();
        var best = double.NegativeInfinity;
        while (heap.TryDequeue(out var run, out var point))
        {
            if (point.Accuracy > best)
            {
                best = point.Accuracy;
                points.Add(swap ? point with { Left = point.Right, Right = point.Left } : point);
            }

            var next = Next(point.Left + 1, run);
            if (next < longer.Count)
            {
                heap.Enqueue(run, Sum(next, run));
            }
        }

        return new Front([.. points]);

        FrontPoint Sum(int i, int run)
        {
            ref readonly var a = ref longer[i];
            ref readonly var b = ref shorter[run];
            return new FrontPoint(
                FrontCombiner.Accuracy(rule, a.Accuracy, b.Accuracy), a.Primary + b.Primary, a.Secondary + b.Secondary, i, run);
        }

        // The first place from which the run beats the best: doubling steps, then bisection.
        int Next(int from, int run)
        {
            var q = shorter[run].Accuracy;
            var (low, step) = (from, 1);
            while (low < longer.Count && FrontCombiner.Accuracy(rule, longer[low].Accuracy, q) <= best)
            {
                from = low + 1;
                low += step;
                step <<= 1;
            }

            var high = Math.Min(low, longer.Count);
            while (from < high)
            {
                var middle = (from + high) >> 1;
                (from, high) = FrontCombiner.Accuracy(rule, longer[middle].Accuracy, q) <= best ? (middle + 1, high) : (from, middle);
            }

            return from;
        }
    }
}
