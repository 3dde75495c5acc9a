using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>One structure, as the generated code runs it: which nodes run, how often, and whose outputs each of them waits for.</summary>
internal sealed class Wiring
{
    public Wiring(WorkflowGraph graph, int[] counts, ReadInput[]?[] inputs, int[] routers, int[] tests, int output)
    {
        Counts = counts;
        Inputs = inputs;
        Routers = routers;
        Tests = tests;
        Output = output;
        Levels = new int[counts.Length];
        foreach (var node in graph.Order)
        {
            if (counts[node] > 0)
            {
                Levels[node] = 1 + Waited(node).Select(token => token < 0 ? 0 : Levels[Token.NodeOf(token)]).DefaultIfEmpty(0).Max();
            }
        }

        Signature = string.Join(";", Enumerable.Range(0, counts.Length).Where(node => counts[node] > 0).Select(node =>
            $"{node}*{counts[node]}:{string.Join(",", inputs[node]!.Select(input => string.Join("+", input.Tokens.Order())))}|{routers[node]}|{tests[node]}")) + ">" + output;
    }

    /// <summary>How often each node runs.</summary>
    public int[] Counts { get; }

    /// <summary>What each node that runs waits for, parameter by parameter; workflow inputs are left out.</summary>
    public ReadInput[]?[] Inputs { get; }

    /// <summary>The output that decides whether a conditional node runs.</summary>
    public int[] Routers { get; }

    /// <summary>The output of a repairer's test.</summary>
    public int[] Tests { get; }

    /// <summary>What stands for the workflow's output.</summary>
    public int Output { get; }

    /// <summary>One more than the highest level among what a node waits for.</summary>
    public int[] Levels { get; }

    /// <summary>All of it as text: two structures with one signature run the same. The order of candidates is no difference.</summary>
    public string Signature { get; }

    /// <summary>Everything that a node waits for.</summary>
    public IEnumerable<int> Waited(int node) =>
        Inputs[node]!.SelectMany(input => input.Tokens).Append(Routers[node]).Append(Tests[node]).Where(token => token != Token.None);
}
