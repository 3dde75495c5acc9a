namespace FlowCompile.Compilation;

/// <summary>The choices found so far that no other found dominates, fastest first.</summary>
internal sealed class PathFront(PathKernel kernel)
{
    // Of logarithms of accuracies: what is nearer is the same but for rounding.
    private const double Same = 1e-13;
    private List<Found> _found = [];

    /// <summary>How many there are.</summary>
    public int Count => _found.Count;

    /// <summary>The rows of each choice, by vertex of the circuit.</summary>
    public IEnumerable<int[]> Choices => _found.Select(found => kernel.ByVertex(found.Choice));

    /// <summary>The stretches between the latencies of the choices found.</summary>
    public IEnumerable<PathGap> Gaps => _found.Zip(_found.Skip(1), (found, next) => new PathGap(found.Seconds, next.Seconds, Math.Exp(found.Value)));

    /// <summary>Adds a choice, by place.</summary>
    public void Add(int[] choice) => Merge([new Found(kernel.SecondsOf(choice), kernel.ValueOf(choice), choice)]);

    /// <summary>Adds what a search has found.</summary>
    public void Add(RegretSearch search, RegretWindow window)
    {
        var added = new List<Found>();
        for (var i = 0; i < search.Count; i++)
        {
            var (seconds, value) = search.ValuesOf(window, i);
            added.Add(new Found(seconds, value, [], i));
        }

        added.Sort((a, b) => a.Seconds != b.Seconds ? a.Seconds.CompareTo(b.Seconds) : a.Value != b.Value ? b.Value.CompareTo(a.Value) : a.Number.CompareTo(b.Number));
        Merge(added);
        for (var i = 0; i < _found.Count; i++)
        {
            if (_found[i].Number >= 0)
            {
                _found[i] = _found[i] with { Choice = search.ChoiceOf(_found[i].Number), Number = -1 };
            }
        }
    }

    private void Merge(List<Found> added)
    {
        var merged = new List<Found>(_found.Count + added.Count);
        var best = double.NegativeInfinity;
        var next = 0;
        foreach (var found in _found)
        {
            while (next < added.Count && (added[next].Seconds < found.Seconds || (added[next].Seconds == found.Seconds && added[next].Value > found.Value + Same)))
            {
                Keep(added[next++]);
            }

            Keep(found);
        }

        while (next < added.Count)
        {
            Keep(added[next++]);
        }

        _found = merged;

        void Keep(in Found one)
        {
            if (one.Value > best + Same)
            {
                best = one.Value;
                merged.Add(one);
            }
        }
    }

    /// <summary>A choice found.</summary>
    /// <param name="Seconds">Its latency.</param>
    /// <param name="Value">The logarithm of its accuracy.</param>
    /// <param name="Choice">Its rows, by place.</param>
    /// <param name="Number">Its place in the search that is being added; otherwise -1.</param>
    private readonly record struct Found(double Seconds, double Value, int[] Choice, int Number = -1);
}
