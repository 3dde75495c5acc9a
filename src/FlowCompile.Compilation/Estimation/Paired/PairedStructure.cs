using System.Collections.Concurrent;
using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>A structure as the paired proxy sees it: its network, how to infer in it, and the distributions its calls need.</summary>
internal sealed class PairedStructure
{
    private readonly RecordedOutcomes _recorded;
    private readonly KnownInputs[][] _inputs; // by vertex
    private readonly bool _isMeasured;
    private readonly ConcurrentDictionary<(int Step, CallSettings Settings), OutcomeVectors[]> _rows = new();

    public PairedStructure(RecordedOutcomes recorded, WorkflowStructure structure, BranchProbabilities branches)
    {
        _recorded = recorded;
        _isMeasured = branches.IsMeasured;
        Structure = structure;
        Network = PairedNetwork.Build(recorded.Graph, structure, branches);
        Program = InferenceProgram.Create(Network);
        StepOf = [.. Network.Vertices.Select(_ => -1)];
        for (var s = 0; s < Program.Steps.Count; s++)
        {
            StepOf[Program.Steps[s].Vertex] = s;
        }

        _inputs = [.. StepOf.Select((step, v) =>
            step < 0 ? (KnownInputs[])[new KnownInputs(Network.Candidates[v])] : [.. Program.Steps[step].Rows.Select(KnownInputs.Of)])];
    }

    public WorkflowStructure Structure { get; }

    public PairedNetwork Network { get; }

    public InferenceProgram Program { get; }

    /// <summary>For each vertex its step in the program; -1 where it has none.</summary>
    public int[] StepOf { get; }

    /// <summary>What may be right in the inputs of a vertex's calls, by the rows of its step.</summary>
    /// <param name="v">The vertex.</param>
    public IReadOnlyList<KnownInputs> InputsOf(int v) => _inputs[v];

    /// <summary>The place of a distribution in a step's rows.</summary>
    /// <param name="step">The step.</param>
    /// <param name="state">What is right in the inputs.</param>
    public int RowOf(int step, InputState state)
    {
        var rows = Program.Steps[step].Rows;
        var row = 0;
        while (rows[row] != state)
        {
            row++;
        }

        return row;
    }

    /// <summary>For each step of the program the distributions of its rows.</summary>
    /// <param name="settings">The settings, by node of the graph.</param>
    public OutcomeVectors[][] Outcomes(IReadOnlyList<CallSettings?> settings)
    {
        var outcomes = new OutcomeVectors[Program.Steps.Count][];
        for (var s = 0; s < outcomes.Length; s++)
        {
            var vertex = Network.Vertices[Program.Steps[s].Vertex];
            var own = vertex.Kind == NetworkKind.Tool ? default
                : settings[vertex.Node] ?? throw new CompileException($"The configuration has no setting for '{_recorded.Graph.Nodes[vertex.Node].Name}', which runs in its structure.");
            if (!_rows.TryGetValue((s, own), out var rows))
            {
                rows = [.. Program.Steps[s].Rows.Select(state => Row(vertex, own, state))];
                _rows[(s, own)] = rows;
            }

            outcomes[s] = rows;
        }

        return outcomes;
    }

    private OutcomeVectors Row(NetworkVertex vertex, CallSettings settings, InputState state)
    {
        if (vertex.Kind == NetworkKind.Tool)
        {
            if (_isMeasured && vertex.Node >= 0 && _recorded.Routes.TryGetValue(vertex.Node, out var routes))
            {
                return new ToolRoutes(routes, _recorded.Cases, vertex.Branches!).Of(state);
            }

            double[] prior = [.. vertex.Branches!.SelectMany(branch => state.AllRight ? new[] { 0, branch.Probability } : [branch.Probability, 0])];
            return OutcomeVectors.Create(prior.Length, _recorded.Cases, _ => (prior, true));
        }

        var outcomes = _recorded.Of(vertex.Node, settings);
        return vertex.Branches is { } branches ? _recorded.Of(vertex.Node, settings.First).Routes(state, branches)
            : vertex.Kind == NetworkKind.Repair ? outcomes.Repairs(vertex.Calls)
            : outcomes.Right(state, vertex.Calls);
    }
}
