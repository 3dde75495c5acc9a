namespace FlowCompile.Compilation;

/// <summary>Carries out inference programs. Its buffers serve one evaluation at a time.</summary>
internal sealed class InferenceRun(int width)
{
    private double[][] _before = [];
    private double[][] _after = [];
    private bool[] _isWritten = [];
    private double[][][] _rows = []; // by step and row

    /// <summary>For each case the probability that the output is right; valid until the next run.</summary>
    public double[] Accuracy { get; } = new double[width];

    /// <summary>For each case the probability that inputs are those of a row; of a step with several rows where every call is made. Valid until the next run.</summary>
    /// <param name="step">The step, by its place in the program.</param>
    /// <param name="row">The row, by its place in the step's rows.</param>
    public double[] Row(int step, int row) => _rows[step][row];

    /// <summary>Computes <see cref="Accuracy"/> and <see cref="Row"/>.</summary>
    /// <param name="program">The program.</param>
    /// <param name="outcomes">For each of its steps the distributions of its rows.</param>
    public void Execute(InferenceProgram program, OutcomeVectors[][] outcomes)
    {
        Start(program);
        for (var s = 0; s < program.Steps.Count; s++)
        {
            if (program.IsStatic && program.Steps[s].Rows.Count > 1)
            {
                KeepRows(program.Steps[s], s);
            }

            Advance(program.Steps[s], outcomes[s]);
        }

        Array.Clear(Accuracy);
        foreach (var state in program.RightStates)
        {
            VectorMath.Add(_before[state], Accuracy);
        }
    }

    /// <summary>
    /// For each case what more of it in the sample changes, added to the mean: the case's own accuracy, and what its calls lend to other cases. The
    /// mean over the cases is that of <see cref="Accuracy"/>, but how far they lie apart tells the sampling error of what is borrowed as well.
    /// </summary>
    /// <param name="program">The program, executed last with these outcomes.</param>
    /// <param name="outcomes">For each of its steps the distributions of its rows.</param>
    public double[] Influence(InferenceProgram program, OutcomeVectors[][] outcomes)
    {
        var influence = (double[])Accuracy.Clone();
        if (!Array.Exists(outcomes, rows => Array.Exists(rows, row => row.Loans is not null)))
        {
            return influence;
        }

        // Forward, how probable each state is before each step; then backward, how probably it ends well.
        var before = new double[program.Steps.Count][][];
        Start(program);
        for (var s = 0; s < before.Length; s++)
        {
            before[s] = [.. _before.Take(s == 0 ? 1 : program.Steps[s - 1].States).Select(state => (double[])state.Clone())];
            Advance(program.Steps[s], outcomes[s]);
        }

        var after = Enumerable.Range(0, program.Steps.Count == 0 ? 1 : program.Steps[^1].States).Select(_ => new double[width]).ToArray();
        foreach (var state in program.RightStates)
        {
            after[state].AsSpan().Fill(1);
        }

        for (var s = before.Length - 1; s >= 0; s--)
        {
            var ends = before[s].Select(_ => new double[width]).ToArray();
            var gradients = outcomes[s].Select(row => row.Loans is null ? null : row.Probabilities.Select(_ => new double[width]).ToArray()).ToArray();
            foreach (var (from, row, outcome, to) in program.Steps[s].Operations)
            {
                VectorMath.MultiplyAdd(outcomes[s][row].Probabilities[outcome], after[to], ends[from]);
                if (gradients[row] is { } gradient)
                {
                    VectorMath.MultiplyAdd(before[s][from], after[to], gradient[outcome]);
                }
            }

            foreach (var (from, to) in program.Steps[s].Carried)
            {
                VectorMath.Add(after[to], ends[from]);
            }

            for (var row = 0; row < gradients.Length; row++)
            {
                outcomes[s][row].Loans?.AddInfluence(gradients[row]!, influence);
            }

            after = ends;
        }

        return influence;
    }

    /// <summary>How much of the calls, weighted by how probable they are, is borrowed from other cases.</summary>
    /// <param name="program">The program.</param>
    /// <param name="outcomes">For each of its steps the distributions of its rows.</param>
    /// <param name="cases">How many cases there are.</param>
    /// <returns>From 0, all recorded on the case itself, to 1.</returns>
    public double BorrowedShare(InferenceProgram program, OutcomeVectors[][] outcomes, int cases)
    {
        Start(program);
        var (borrowed, all) = (0.0, 0.0);
        for (var s = 0; s < program.Steps.Count; s++)
        {
            foreach (var (from, row) in program.Steps[s].Uses)
            {
                for (var c = 0; c < cases; c++)
                {
                    all += _before[from][c];
                    borrowed += _before[from][c] * outcomes[s][row].Borrowed[c];
                }
            }

            Advance(program.Steps[s], outcomes[s]);
        }

        return all > 0 ? borrowed / all : 0;
    }

    private void Start(InferenceProgram program)
    {
        if (_before.Length < program.StateCount)
        {
            _before = [.. Enumerable.Range(0, program.StateCount).Select(_ => new double[width])];
            _after = [.. Enumerable.Range(0, program.StateCount).Select(_ => new double[width])];
            _isWritten = new bool[program.StateCount];
        }

        _before[0].AsSpan().Fill(1);
    }

    private void KeepRows(InferenceStep step, int s)
    {
        while (_rows.Length <= s)
        {
            _rows = [.. _rows, []];
        }

        while (_rows[s].Length < step.Rows.Count)
        {
            _rows[s] = [.. _rows[s], new double[width]];
        }

        for (var row = 0; row < step.Rows.Count; row++)
        {
            Array.Clear(_rows[s][row]);
        }

        foreach (var (from, row) in step.Uses)
        {
            VectorMath.Add(_before[from], _rows[s][row]);
        }
    }

    private void Advance(InferenceStep step, OutcomeVectors[] rows)
    {
        Array.Clear(_isWritten);
        foreach (var (from, row, outcome, to) in step.Operations)
        {
            if (_isWritten[to])
            {
                VectorMath.MultiplyAdd(_before[from], rows[row].Probabilities[outcome], _after[to]);
            }
            else
            {
                VectorMath.Multiply(_before[from], rows[row].Probabilities[outcome], _after[to]);
                _isWritten[to] = true;
            }
        }

        foreach (var (from, to) in step.Carried)
        {
            if (_isWritten[to])
            {
                VectorMath.Add(_before[from], _after[to]);
            }
            else
            {
                _before[from].CopyTo(_after[to], 0);
                _isWritten[to] = true;
            }
        }

        (_before, _after) = (_after, _before);
    }
}
