namespace FlowCompile.Compilation;

/// <summary>
/// The configurations of one structure as a tree: a level for each sub-agent, the last in the order of inference first, and a branch for
/// each of its settings. What the settings chosen so far make of every state on every case is kept, so that a configuration costs only
/// what differs from the one before. What the others can add is bounded by letting them choose anew on every case, and in every state of it.
/// </summary>
internal sealed class ChoiceTree
{
    private readonly int _cases;
    private readonly int _width;
    private readonly double[][][] _values; // by level, how probably each state before it ends well
    private readonly double[][][] _bounds; // the same, with all settings free from some level on
    private readonly double[] _sum;

    /// <summary>Creates the tree.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="options">What the calls of each sub-agent may run under.</param>
    /// <param name="recorded">What was recorded.</param>
    public ChoiceTree(PairedStructure structure, CallOptions options, RecordedOutcomes recorded)
    {
        _cases = recorded.Cases;
        _width = OutcomeVectors.Width(_cases);
        _sum = new double[_width];
        Levels = ChoiceLevel.Of(structure, options, recorded);
        _values = Buffers();
        _bounds = Buffers();
        foreach (var state in structure.Program.RightStates)
        {
            _values[^1][state].AsSpan(0, _cases).Fill(1);
        }
    }

    /// <summary>The levels, in the order of inference: the last is chosen first.</summary>
    public IReadOnlyList<ChoiceLevel> Levels { get; }

    /// <summary>The most work of a choice at a level, in multiplications.</summary>
    public long WorkOf(int level)
    {
        var work = 0L;
        for (var one = level; one >= 0; one--)
        {
            work += (long)((Levels[one].Step?.Operations.Length ?? 0) + _values[one].Length) * (one == level ? 1 : Levels[one].Settings.Length) * _width;
        }

        return work;
    }

    /// <summary>Chooses a setting, given those of the levels after.</summary>
    /// <param name="level">The level.</param>
    /// <param name="setting">The setting, by its place.</param>
    public void Choose(int level, int setting)
    {
        var (before, after) = (_values[level], _values[level + 1]);
        Carry(level, before, after);
        foreach (var (from, operations) in Levels[level].Operations)
        {
            Array.Clear(before[from]);
            Lead(operations, Levels[level].Rows[setting], after, before[from]);
        }
    }

    /// <summary>The most accuracy that a configuration with the settings chosen so far has; where all are chosen the accuracy itself.</summary>
    /// <param name="level">The level chosen last.</param>
    public double Bound(int level)
    {
        var after = _values[level];
        for (var one = level - 1; one >= 0; one--)
        {
            var before = _bounds[one];
            Carry(one, before, after);
            foreach (var (from, operations) in Levels[one].Operations)
            {
                Array.Clear(before[from]);
                foreach (var rows in Levels[one].Rows)
                {
                    Array.Clear(_sum);
                    Lead(operations, rows, after, _sum);
                    VectorMath.Max(_sum, before[from]);
                }
            }

            after = before;
        }

        return VectorMath.Sum(after[0]) / _cases;
    }

    private void Carry(int level, double[][] before, double[][] after)
    {
        if (Levels[level].Step is not { } step)
        {
            for (var s = 0; s < before.Length; s++)
            {
                after[s].CopyTo(before[s], 0);
            }

            return;
        }

        foreach (var (from, to) in step.Carried)
        {
            after[to].CopyTo(before[from], 0);
        }
    }

    private static void Lead(InferenceOperation[] operations, OutcomeVectors[] rows, double[][] after, double[] sum)
    {
        foreach (var (_, row, outcome, to) in operations)
        {
            VectorMath.MultiplyAdd(rows[row].Probabilities[outcome], after[to], sum);
        }
    }

    private double[][][] Buffers()
    {
        var counts = new List<int> { 1 };
        foreach (var level in Levels)
        {
            counts.Add(level.Step?.States ?? counts[^1]);
        }

        return [.. counts.Select(count => Enumerable.Range(0, count).Select(_ => new double[_width]).ToArray())];
    }
}
