using FlowCompile.Compilation;

namespace FlowCompile.Deployment;

/// <summary>One combination of the routers' outcomes of a circuit: what is there, what runs, and when its outputs are right.</summary>
internal sealed class Scenario
{
    public Scenario(Circuit circuit, DecisionDiagram diagram, int[] outcomes, double probability)
    {
        Probability = probability;
        Course = new CircuitCourse(circuit, outcomes);
        Right = new int[circuit.Vertices.Count];
        Helped = new int[Right.Length];
        for (var v = 0; v < Right.Length; v++)
        {
            var vertex = circuit.Vertices[v];
            Helped[v] = vertex.IsAny
                ? vertex.Inputs.Aggregate(DecisionDiagram.False, (any, input) => diagram.Or(any, Right[input]))
                : vertex.Inputs.Aggregate(DecisionDiagram.True, (all, input) => diagram.And(all, Right[input]));
            var works = Course.Runs[v] ? diagram.And(diagram.Variable(v), Helped[v]) : Helped[v];
            Right[v] = !Course.Present[v] ? DecisionDiagram.False
                : Course.HandsOn[v] ? Right[vertex.List]
                : vertex.Target < 0 ? works
                : diagram.Or(Right[vertex.Target], works);
        }
    }

    /// <summary>How often it occurs.</summary>
    public double Probability { get; }

    /// <summary>What has an output, what makes calls, and what waits for what.</summary>
    public CircuitCourse Course { get; }

    /// <summary>For each vertex when its output is right.</summary>
    public int[] Right { get; }

    /// <summary>For each vertex when its inputs, of a repairer those besides the value to repair, are right.</summary>
    public int[] Helped { get; }
}
