using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>
/// What reads what, for one choice of counts, or for the counts of one structure.
/// <para>
/// A node left out drops from candidate lists; who requires it gets what it would have received itself: the output of its first upstream of its own type,
/// else the workflow's input of that type; of a selector its only candidate, where that is of its type. A repairer without attempts, or whose list is below
/// its minimum, hands its value on to everybody. What stands for several candidates counts once. A selector with a single candidate below its minimum hands
/// it on to everybody, and one with none, or with several below its minimum, or with candidates of another type, has no output: it drops from lists, and
/// makes no structure where it is required.
/// </para>
/// <para>
/// The counts of a structure say the same of all nodes that it leaves something to choose, with one shorthand: a selector that cannot be left
/// out and needs two has 0 where it hands its only candidate on.
/// </para>
/// </summary>
internal sealed class Reading(WorkflowGraph graph, int[] counts, bool byChoice)
{
    private readonly Dictionary<int, (int[] List, int Single)> _outputs = [];

    public Wiring? Wire()
    {
        var output = Of(graph.Output).Single;
        if (output == Token.None)
        {
            return null;
        }

        var used = new int[counts.Length];
        var inputs = new ReadInput[counts.Length][];
        var routers = Enumerable.Repeat(Token.None, counts.Length).ToArray();
        var tests = Enumerable.Repeat(Token.None, counts.Length).ToArray();
        var open = new Stack<int>([output]);
        while (open.TryPop(out var token))
        {
            if (token < 0 || used[Token.NodeOf(token)] > 0)
            {
                continue;
            }

            var index = Token.NodeOf(token);
            var node = graph.Nodes[index];
            used[index] = counts[index];

            // A node that requires an output which nobody gives makes the structure impossible, if the output needs the node.
            if (node.Inputs.Where(input => input.Kind == InputKind.Upstream).Select(input => input.Sources[0])
                .Concat(new[] { node.Condition?.Router, node.Repair?.Test }.OfType<string>())
                .Any(name => Of(graph.IndexOf(name)).Single == Token.None))
            {
                return null;
            }

            // Who repairs runs the test again, and so waits for all that the test reads.
            var target = node.Repair is { } loop ? Of(graph.IndexOf(loop.Target)).Single : Token.None;
            var read = node.Repair is null ? node.Inputs : node.Inputs.Concat(graph.Nodes[graph.IndexOf(node.Repair.Test)].Inputs);
            inputs[index] = [.. read.Where(input => input.Kind != InputKind.Workflow).Select(input => input.Kind == InputKind.Candidates
                ? new ReadInput(true, Candidates(input), input.MinBranches, false)
                : new ReadInput(false, [Of(graph.IndexOf(input.Sources[0])).Single], 1, Of(graph.IndexOf(input.Sources[0])).Single == target))];
            routers[index] = node.Condition is { } condition ? Of(graph.IndexOf(condition.Router)).Single : Token.None;
            tests[index] = node.Repair is { } repair ? Of(graph.IndexOf(repair.Test)).Single : Token.None;
            foreach (var waited in inputs[index].SelectMany(input => input.Tokens).Append(routers[index]).Append(tests[index]))
            {
                open.Push(waited);
            }
        }

        return new Wiring(graph, used, inputs, routers, tests, output);
    }

    private int[] Candidates(GraphInput input) => [.. input.Sources.SelectMany(source => Of(graph.IndexOf(source)).List).Distinct()];

    private (int[] List, int Single) Of(int index)
    {
        if (!_outputs.TryGetValue(index, out var output))
        {
            _outputs[index] = output = Work(index);
        }

        return output;
    }

    private (int[] List, int Single) Work(int index)
    {
        var node = graph.Nodes[index];
        var candidates = node.Candidates is { } list ? Candidates(list) : [];
        var min = node.Candidates?.MinBranches ?? 0;
        var isOwnType = node.Candidates?.Type == node.ResultType;
        if (counts[index] == 0)
        {
            if (!byChoice && node.Repair is null && isOwnType && node.MinCount > 0 && min == 2 && candidates.Length == 1)
            {
                return (candidates, candidates[0]);
            }

            return LeftOut(node, candidates);
        }

        if (node.Repair is not null && candidates.Length < min)
        {
            return LeftOut(node, candidates);
        }

        if (candidates.Length < min)
        {
            return candidates.Length == 1 && isOwnType ? (candidates, candidates[0]) : ([], Token.None);
        }

        return ([.. Enumerable.Range(0, node.IsReplicated ? counts[index] : 1).Select(replica => Token.Of(index, replica))], Token.Of(index));
    }

    private (int[] List, int Single) LeftOut(GraphNode node, int[] candidates)
    {
        if (node.Repair is { } repair)
        {
            var target = Of(graph.IndexOf(repair.Target)).Single;
            return (target == Token.None ? [] : [target], target);
        }

        // Only what may be left out is passed by; what no structure can leave out has 0 because nobody needs it, or because it has several candidates and needs more.
        if (node.MinCount > 0)
        {
            return ([], Token.None);
        }

        if (node.Candidates is { } list && (list.Type == node.ResultType || candidates.Length == 0))
        {
            return ([], candidates.Length == 1 ? candidates[0] : Token.None);
        }

        var own = node.Inputs.Where(input => input.Type == node.ResultType).ToList();
        return own.Find(input => input.Kind == InputKind.Upstream) is { } upstream
            ? ([], Of(graph.IndexOf(upstream.Sources[0])).Single)
            : ([], own.Exists(input => input.Kind == InputKind.Workflow) ? Token.Input : Token.None);
    }
}
