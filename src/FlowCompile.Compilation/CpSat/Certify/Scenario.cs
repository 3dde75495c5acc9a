namespace FlowCompile.Compilation.CpSat;

/// <summary>One combination of the routers' outcomes of a circuit: what is there, what runs, and when its outputs are right.</summary>
internal sealed class Scenario
{
    public Scenario(Circuit circuit, DecisionDiagram diagram, int[] outcomes, double probability)
    {
        Probability = probability;
        Present = circuit.Present(outcomes);
        Runs = new bool[Present.Length];
        Right = new int[Present.Length];
        Helped = new int[Present.Length];
        for (var v = 0; v < Present.Length; v++)
        {
            var vertex = circuit.Vertices[v];
            Runs[v] = Present[v] && vertex.Kind != VertexKind.Gate && circuit.Missing(vertex, Present) <= 0;
            Helped[v] = vertex.IsAny
                ? vertex.Inputs.Aggregate(DecisionDiagram.False, (any, input) => diagram.Or(any, Right[input]))
                : vertex.Inputs.Aggregate(DecisionDiagram.True, (all, input) => diagram.And(all, Right[input]));
            var works = Runs[v] ? diagram.And(diagram.Variable(v), Helped[v]) : Helped[v];
            var fails = circuit.Missing(vertex, Present) is > 0 and var missing && missing < vertex.MinBranches - 1;
            Right[v] = !Present[v] || fails ? DecisionDiagram.False : vertex.Target < 0 ? works : diagram.Or(Right[vertex.Target], works);
        }
    }

    /// <summary>How often it occurs.</summary>
    public double Probability { get; }

    /// <summary>Which vertices have an output.</summary>
    public bool[] Present { get; }

    /// <summary>Which vertices make calls.</summary>
    public bool[] Runs { get; }

    /// <summary>For each vertex when its output is right.</summary>
    public int[] Right { get; }

    /// <summary>For each vertex when its inputs, of a repairer those besides the value to repair, are right.</summary>
    public int[] Helped { get; }
}
