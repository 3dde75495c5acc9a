namespace FlowCompile.Compilation;

/// <summary>The most that a <see cref="PathKernel"/> can reach within each latency if every part could be any mix of its rows.</summary>
internal sealed class PathBound
{
    /// <summary>Finds the bound.</summary>
    public PathBound(PathKernel kernel) => Flows = PathShortener.Run(kernel);

    /// <summary>A flow for every stretch of latencies, the longest latencies first.</summary>
    public IReadOnlyList<PathFlow> Flows { get; }

    /// <summary>The place of the flow that bounds best just below a latency.</summary>
    public int Below(double seconds)
    {
        var (low, high) = (0, Flows.Count - 1);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = Flows[middle].From < seconds ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>The most that the logarithm of the accuracy can be within a latency.</summary>
    public double At(double seconds) => Flows[Below(seconds)].At(seconds);
}
