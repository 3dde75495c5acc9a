using System.Globalization;

namespace FlowCompile.Compilation;

/// <summary>Combines the settings of each structure part by part, dropping what is dominated on the way.</summary>
internal sealed class ComposePass : ICompilePass
{
    public string Name => "compose";

    public void Run(CompileState state)
    {
        var solved = new List<SolvedStructure>();
        foreach (var structure in state.Decomposed)
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            var one = state.Solver.Solve(structure, state.CancellationToken);
            solved.Add(one);
            state.AccuracyLoss = Math.Max(state.AccuracyLoss, one.Front.Loss);
            state.Record(this, structure.Structure.ToText(state.Graph), string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Front.Count} configurations that no other of the structure dominates{(one.Front.Loss > 0 ? $", to within {one.Front.Loss:0.######} of accuracy" : "")}"));
        }

        state.Solved = solved;
    }
}
