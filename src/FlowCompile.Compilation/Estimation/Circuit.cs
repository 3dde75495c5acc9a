namespace FlowCompile.Compilation;

/// <summary>
/// What of a workflow runs under one structure, as the proxies and the solver see it: a monotone circuit. The right outputs are those
/// whose own calls are right and whose inputs are: all required ones, and any one of a candidate list.
/// </summary>
/// <param name="Vertices">The vertices, each after those it depends on.</param>
/// <param name="Output">The vertex of the workflow's output.</param>
/// <param name="Routers">The probability of every outcome of each router that branches depend on.</param>
internal sealed record Circuit(IReadOnlyList<CircuitVertex> Vertices, int Output, IReadOnlyList<double[]> Routers)
{
    private const int MaxScenarios = 4096;

    /// <summary>Every combination of the routers' outcomes that can occur, with its probability; one without outcomes where nothing branches.</summary>
    /// <exception cref="CompileException">There are too many.</exception>
    public IReadOnlyList<(int[] Outcomes, double Probability)> Scenarios()
    {
        List<(int[] Outcomes, double Probability)> scenarios = [([], 1)];
        foreach (var router in Routers)
        {
            scenarios = [.. scenarios.SelectMany(scenario => router
                .Select((probability, outcome) => ((int[])[.. scenario.Outcomes, outcome], scenario.Probability * probability))
                .Where(pair => pair.Item2 > 0))];
            if (scenarios.Count > MaxScenarios)
            {
                throw new CompileException($"The routers' values combine in more than {MaxScenarios} ways; use fewer routers, or values, in one workflow.");
            }
        }

        return scenarios;
    }

    /// <summary>Whether some values of the routers may leave a list with candidates, but fewer than its minimum: the run then ends with an error.</summary>
    public bool CanFail { get; } = Routers.Count > 0 && Vertices.Any(vertex => vertex.List >= 0 && vertex.MinBranches > 2 && vertex.HandsOn);

    /// <summary>
    /// The same circuit with each repair attempt as a vertex of its own: it repairs what the attempt before it left wrong. So attempts can differ.
    /// </summary>
    /// <param name="unrolls">Of which repair vertices.</param>
    /// <returns>The circuit, and for each of its vertices the vertex here that it is, or is an attempt of.</returns>
    public (Circuit Circuit, int[] Origins) Unroll(Func<CircuitVertex, bool> unrolls)
    {
        var vertices = new List<CircuitVertex>();
        var origins = new List<int>();
        var last = new int[Vertices.Count];
        for (var v = 0; v < last.Length; v++)
        {
            var vertex = Vertices[v];
            var attempts = vertex.Kind == VertexKind.Repair && unrolls(vertex) ? vertex.Calls : 1;
            vertex = vertex with
            {
                Inputs = [.. vertex.Inputs.Select(input => last[input])],
                Waits = [.. vertex.Waits.Select(wait => last[wait])],
                Router = vertex.Router < 0 ? -1 : last[vertex.Router],
                Target = vertex.Target < 0 ? -1 : last[vertex.Target],
                List = vertex.List < 0 ? -1 : last[vertex.List],
                Calls = attempts > 1 ? 1 : vertex.Calls,
            };
            for (var attempt = 0; attempt < attempts; attempt++)
            {
                var before = vertices.Count - 1;
                vertices.Add(attempt == 0 ? vertex : vertex with
                {
                    Target = before,
                    Waits = [.. vertex.Waits.Where(wait => wait != vertex.Target), before],
                    IsNextAttempt = true,
                });
                origins.Add(v);
            }

            last[v] = vertices.Count - 1;
        }

        return (new Circuit(vertices, last[Output], Routers), [.. origins]);
    }
}
