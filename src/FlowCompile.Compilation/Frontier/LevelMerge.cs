namespace FlowCompile.Compilation;

/// <summary>
/// Combines two parts that run side by side, under two objectives: the longer one counts. Within a latency the best is the best of each
/// part within it, so one walk over both suffices.
/// </summary>
internal static class LevelMerge
{
    public static Front Combine(Front left, Front right, AccuracyRule rule, double step)
    {
        var points = new List<FrontPoint>();
        var best = double.NegativeInfinity;
        var (i, j) = (0, 0);
        while (true)
        {
            var level = Math.Max(left[i].Primary, right[j].Primary);
            while (i + 1 < left.Count && left[i + 1].Primary <= level)
            {
                i++;
            }

            while (j + 1 < right.Count && right[j + 1].Primary <= level)
            {
                j++;
            }

            var accuracy = FrontCombiner.Accuracy(rule, left[i].Accuracy, right[j].Accuracy);
            if (accuracy > best + step)
            {
                best = accuracy;
                points.Add(new FrontPoint(accuracy, level, left[i].Secondary + right[j].Secondary, left[i].Tertiary + right[j].Tertiary, i, j));
            }

            if (i + 1 == left.Count && j + 1 == right.Count)
            {
                return new Front([.. points]);
            }

            if (j + 1 == right.Count || (i + 1 < left.Count && left[i + 1].Primary <= right[j + 1].Primary))
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }
}
