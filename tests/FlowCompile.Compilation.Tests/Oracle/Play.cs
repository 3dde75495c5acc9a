using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>
/// One run, as the generated code runs it. A node waits for its router and is empty where that chose another branch or is empty itself. Then it
/// waits for its parameters in order (for all candidates of a list) and for its test, and is empty at the first that is empty. A list that is left with no
/// candidate makes it empty; one below the minimum hands a single candidate on without a call; several below the minimum throw. Candidates of
/// another type than the node's are not handed on: it is empty. A repairer
/// makes attempts until its value is right; where something else that it reads is wrong, none of them mends it. Tools take no time.
/// </summary>
internal sealed class Play(WorkflowGraph graph, Wiring wiring, int[]?[] settings, ICalls calls, bool routerMustBeRight)
{
    /// <summary>How long the loop of each repairer took in the run, in seconds.</summary>
    public double[] Loops { get; } = new double[graph.Nodes.Count];

    /// <summary>Where it is there, how long the loop of each repairer takes in place of its attempts, in seconds.</summary>
    public double[]? MeanLoops { get; set; }

    /// <summary>Whether every value is repaired, whoever it comes from.</summary>
    public bool RepairsAll { get; init; }

    private readonly Output[] _outputs = new Output[Token.Count(graph.Nodes.Count)];
    private readonly double[] _levels = new double[graph.Nodes.Count + 2];
    private double _sequential;
    private double _cost;

    public RunResult Run(Worlds chance)
    {
        calls.Begin();
        Array.Clear(_levels);
        _sequential = _cost = 0;
        Array.Clear(Loops);
        foreach (var node in graph.Order)
        {
            for (var replica = 0; replica < (graph.Nodes[node].IsReplicated ? wiring.Counts[node] : Math.Min(1, wiring.Counts[node])); replica++)
            {
                _outputs[Token.Of(node, replica)] = RunNode(node, replica, chance);
            }
        }

        var output = At(wiring.Output);
        return new RunResult(
            output.State == OutputState.Present,
            output.State == OutputState.Present && output.Right,
            _sequential,
            output.Time,
            _levels.Sum(),
            _cost,
            output.State == OutputState.Thrown);
    }

    private Output At(int token) => token == Token.Input ? new Output(OutputState.Present, true, null, 0) : _outputs[token];

    private Output RunNode(int index, int replica, Worlds chance)
    {
        var node = graph.Nodes[index];
        var time = 0.0;
        var isRightBranch = true;
        if (node.Condition is { } condition)
        {
            var router = At(wiring.Routers[index]);
            time = router.Time;
            if (router.State != OutputState.Present)
            {
                return router with { State = router.State };
            }

            if (!Takes(condition, router.Value))
            {
                return new Output(OutputState.Empty, false, null, time);
            }

            isRightBranch = !routerMustBeRight || router.Right;
        }

        var right = isRightBranch;
        var valueRight = true;
        var candidates = -1;
        var rightCandidates = 0;
        var min = 0;
        var only = default(Output);
        foreach (var input in wiring.Inputs[index]!)
        {
            if (!input.IsList)
            {
                var value = At(input.Tokens[0]);
                time = Math.Max(time, value.Time);
                if (value.State != OutputState.Present)
                {
                    return value with { Time = time };
                }

                if (input.IsTarget)
                {
                    valueRight = value.Right;
                }
                else if (input.Tokens[0] != wiring.Tests[index])
                {
                    right &= value.Right;
                }

                continue;
            }

            candidates = 0;
            min = input.Min;
            foreach (var token in input.Tokens)
            {
                var candidate = At(token);
                time = Math.Max(time, candidate.Time);
                if (candidate.State == OutputState.Thrown)
                {
                    return candidate with { Time = time };
                }

                if (candidate.State == OutputState.Present)
                {
                    candidates++;
                    only = candidate;
                    rightCandidates += candidate.Right ? 1 : 0;
                }
            }
        }

        if (node.Repair is not null)
        {
            var test = At(wiring.Tests[index]);
            time = Math.Max(time, test.Time);
            if (test.State != OutputState.Present)
            {
                return test with { Time = time };
            }
        }

        if (candidates >= 0 && candidates < min)
        {
            if (node.Candidates!.Type != node.ResultType)
            {
                return new Output(OutputState.Empty, false, null, time);
            }

            if (candidates > 1)
            {
                calls.Lack(index);
            }

            return candidates == 1 ? only with { Time = time, Right = only.Right && isRightBranch }
                : new Output(candidates == 0 ? OutputState.Empty : OutputState.Thrown, false, null, time);
        }

        right &= candidates < 0 || rightCandidates > 0;
        if (node.Repair is not null)
        {
            return Repair(index, time, valueRight && !RepairsAll, right, isRightBranch, chance);
        }

        var state = new CallState(right, rightCandidates, Math.Max(0, candidates));
        if (node.Kind == NodeKind.Tool)
        {
            return new Output(OutputState.Present, right, calls.ValueOf(index, state, chance), time);
        }

        var call = calls.Make(index, settings[index]![replica], state, chance);
        Spend(index, call, ref time);
        _levels[wiring.Levels[index]] = Math.Max(_levels[wiring.Levels[index]], call.Seconds);
        return new Output(OutputState.Present, call.Right, call.Value, time);
    }

    private Output Repair(int index, double time, bool right, bool isHelped, bool isRightBranch, Worlds chance)
    {
        var start = time;
        for (var attempt = 0; attempt < wiring.Counts[index] && !right; attempt++)
        {
            var call = calls.Make(index, settings[index]![attempt], new CallState(false, 0, 0), chance);
            Spend(index, call, ref time);
            right = call.Right && isHelped;
        }

        Loops[index] = time - start;
        if (MeanLoops is { } loops)
        {
            time = start + loops[index];
        }

        _levels[wiring.Levels[index]] = Math.Max(_levels[wiring.Levels[index]], time - start);
        return new Output(OutputState.Present, right && isRightBranch, null, time);
    }

    private void Spend(int index, Call call, ref double time)
    {
        time += call.Seconds;
        _sequential += call.Seconds;
        _cost += call.Cost;
    }

    private bool Takes(BranchCondition condition, string? value) => condition.IsOtherwise
        ? !graph.Nodes.Any(node => node.Condition?.Router == condition.Router && node.Condition.Values.Contains(value))
        : condition.Values.Contains(value);
}
