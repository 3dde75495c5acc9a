namespace FlowCompile.Compilation;

/// <summary>
/// Takes a circuit apart: what runs in a row, side by side, as branches of a router or as a repair becomes one cell with one term, until
/// one is left or what is left is entangled. Every step keeps accuracy, latency and cost as they are, for all settings.
/// </summary>
internal sealed class CircuitReducer
{
    private readonly CellGraph _graph;
    private readonly TermPool _terms;
    private readonly Schedule _schedule;
    private readonly bool _joinBranches;

    private CircuitReducer(Circuit circuit, TermPool terms, Schedule schedule, bool joinBranches)
    {
        _graph = new CellGraph(circuit, terms, schedule);
        _terms = terms;
        _schedule = schedule;
        _joinBranches = joinBranches;
    }

    /// <summary>Reduces a circuit.</summary>
    /// <returns>What is left: a single vertex with its term where the circuit decomposes.</returns>
    public static (Circuit Circuit, Term?[] Bodies) Reduce(Circuit circuit, TermPool terms, Schedule schedule)
    {
        var reducer = new CircuitReducer(circuit, terms, schedule, joinBranches: true);
        reducer.Run();

        // Side by side, what branches take on average says too little: the longer of two expectations is not the expectation of the longer.
        if (schedule == Schedule.Parallel && reducer._graph is { Routers.Count: > 0, Cells.Count: > 1 })
        {
            reducer = new CircuitReducer(circuit, terms, schedule, joinBranches: false);
            reducer.Run();
        }

        return reducer._graph.ToCircuit();
    }

    private void Run()
    {
        Func<Cell, bool>[] rules =
        [
            DropImplied,
            DropWait,
            Contract,
            Absorb,
            JoinSeries,
            JoinSides,
            JoinBranches,
            JoinRepair,
            Advance, // last: it moves calls without making the graph smaller
        ];
        while (rules.Any(rule => _graph.Cells.Any(rule)))
        {
        }
    }

    // all(a, b) where b is right only if a is => all(b)
    private bool DropImplied(Cell cell)
    {
        // The workflow's input is right, and there from the start.
        var dropped = (cell.IsAny && cell.Inputs.Count > 1) || _graph.IsCounted(cell) ? 0
            : cell.Inputs.RemoveAll(input => input is { Inputs: [], Body: null, IsRepair: false, Condition: null });
        cell.IsAny &= cell.Inputs.Count > 0;
        if (cell.IsAny || cell.Inputs.Count < 2)
        {
            return Changed(dropped > 0);
        }

        var implied = _graph.Implied();
        foreach (var input in cell.Inputs.ToList())
        {
            dropped += input != cell.List && cell.Inputs.Exists(other => other != input && implied[other].Contains(input)) && cell.Inputs.Remove(input) ? 1 : 0;
        }

        return Changed(dropped > 0);
    }

    // What has ended whenever the cell does, because of what else it waits for, need not be waited for. A router that is there from the start has to stay before
    // other waits: a branch that is not taken waits for none of them.
    private bool DropWait(Cell cell)
    {
        var waits = cell.Waits;
        var place = waits.FindIndex(wait => (wait is { Waits: [], Inputs: [], Body: null, IsRepair: false, Condition: null, IsList: false }
                && (wait != cell.Router || waits.Count == 1))
            || (_graph.IsAlwaysThere(wait) && wait != cell.Router && _graph.Certain(cell, waits.Where(other => other != wait)).Any(other => SurelyWaited(other).Contains(wait))));

        // A branch that is not taken ends with its router, and so does what else is in it.
        place = place < 0 && waits.Count > 1 && waits[0] == cell.Router && waits[1].Router == cell.Router && waits[1].HasConditionOf(cell)
            && waits[1].Waits.FirstOrDefault() == cell.Router ? 0 : place;
        if (place >= 0)
        {
            waits.RemoveAt(place);
        }

        return Changed(place >= 0);
    }

    private HashSet<Cell> SurelyWaited(Cell cell)
    {
        var reached = new HashSet<Cell>();
        var open = new Stack<Cell>([cell]);
        while (open.TryPop(out var one))
        {
            if (reached.Add(one))
            {
                _graph.Certain(one, one.Waits).ToList().ForEach(open.Push);
            }
        }

        return reached;
    }

    // a gate over one input => that input. A tool with a minimum of candidates is more than a gate: with fewer the run fails.
    private bool Contract(Cell cell)
    {
        if (cell is not { Body: null, IsRepair: false, List: null, Inputs: [var input] } || _graph.IsCounted(cell)
            || (cell.Condition is not null && !cell.HasConditionOf(input))
            || (_graph.KeepsWaits && !(cell.Waits is [var wait] && wait == input && EndsAlike(cell, input))))
        {
            return false;
        }

        _graph.Replace(cell, input);
        return true;
    }

    // Whether what waits for a list waits as long where it waits for the only candidate instead.
    private bool EndsAlike(Cell list, Cell input) => !list.IsList || _graph.IsAlwaysThere(input)
        || _graph.Cells.All(cell => cell.IsAny || !cell.Waits.Contains(list) || cell.Waits[^1] == list);

    // Whether a cell waits as long where it waits for the inputs of a gate in the gate's place.
    private bool CanSplice(Cell cell, Cell gate) => !_graph.KeepsWaits || (cell.Waits.Contains(gate)
        && (cell.Inputs.Count == 1 ? cell.Waits.TrueForAll(wait => wait == gate || wait == cell.Router)
            : gate.IsAny || cell.Waits[^1] == gate || gate.Waits.TrueForAll(wait => _graph.IsAlwaysThere(wait) || !wait.IsList)));

    // all(all(a, b), c) => all(a, b, c), and a single input that is a gate => that gate's inputs
    private bool Absorb(Cell cell)
    {
        if (cell.IsRepair || cell.Inputs.Find(input => input is { Body: null, IsRepair: false, List: null, Inputs.Count: > 0 } && !_graph.IsCounted(input)
            && (input.Condition is null || input.HasConditionOf(cell)) && !_graph.IsCounted(cell)
            && (cell.Inputs.Count == 1 || input.IsAny == cell.IsAny) && CanSplice(cell, input)) is not { } gate)
        {
            return false;
        }

        cell.IsAny = gate.IsAny;
        cell.Inputs = [.. cell.Inputs.Where(input => input != gate).Concat(gate.Inputs).Distinct()];
        cell.Waits = [.. cell.Waits.SelectMany(wait => wait == gate ? gate.Waits : [wait]).Distinct()];
        return Changed(true);
    }

    // a -> b, nothing else between => a then b
    private bool JoinSeries(Cell cell)
    {
        if (cell is not { Body: { } body, IsRepair: false, List: null, Inputs: [{ Body: { } first, IsRepair: false, List: null } input] }
            || _graph.OnlyConsumerOf(input) != cell || !cell.HasConditionOf(input) || _graph.IsCounted(cell) || _graph.IsCounted(input)
            || (_graph.KeepsWaits && !(cell.Waits is [var wait] && wait == input)))
        {
            return false;
        }

        cell.Body = _terms.Series(first, body);
        (cell.IsAny, cell.Inputs, cell.Waits) = (input.IsAny, input.Inputs, input.Waits);
        return Changed(true);
    }

    // all(a, b) or any(a, b), both from the same inputs => one cell
    private bool JoinSides(Cell cell)
    {
        foreach (var (a, b) in Pairs(cell))
        {
            if (a.HasConditionOf(b) && AreNeighbours(cell, a, b) && (_schedule == Schedule.Sequential || !(a.Body!.HasMix || b.Body!.HasMix)))
            {
                Join(cell, a, b, cell.IsAny ? _terms.Either(a.Body!, b.Body!) : _terms.Both(a.Body!, b.Body!));
                return true;
            }
        }

        return false;
    }

    // any(a, b) where a router runs one of both => one cell that is a or b
    private bool JoinBranches(Cell cell)
    {
        if (!_joinBranches || !cell.IsAny || (_schedule == Schedule.Parallel && !AreBranches(cell.Inputs)))
        {
            return false;
        }

        foreach (var (a, b) in Pairs(cell))
        {
            if (a.Condition is { } first && b.Condition is { } second && first.IsDisjoint(second))
            {
                var router = _graph.Routers[first.Router];
                var (p, q) = (ProbabilityOf(first, router), ProbabilityOf(second, router));
                bool[] outcomes = [.. first.Outcomes.Select((runs, i) => runs || second.Outcomes[i])];
                a.Condition = Array.TrueForAll(outcomes, runs => runs) ? null : new RouterCondition(first.Router, outcomes);
                a.Router = a.Condition is null ? null : a.Router;
                Join(cell, a, b, _terms.Mix(a.Body!, b.Body!, p + q > 0 ? p / (p + q) : 1));
                return true;
            }
        }

        return false;
    }

    // a target that nothing else reads and that depends on nothing else => target, repaired
    private bool JoinRepair(Cell cell)
    {
        if (cell is not { Target: { Body: { } body, IsRepair: false, Inputs: [], Waits: [], Condition: null } target, Inputs: [], Condition: null }
            || _graph.OnlyConsumerOf(target) != cell || cell.Waits.Exists(wait => wait != target))
        {
            return false;
        }

        cell.Body = _terms.Repair(body, cell.Node, cell.Calls);
        cell.Target = null;
        cell.Waits = [];
        return Changed(true);
    }

    // One call after another, the order is free: a call without which a later cell cannot be right, and that matters to nothing else,
    // can be that cell's own. A repair's attempts depend on what is right before it, so nothing moves past one.
    private bool Advance(Cell cell)
    {
        if (_schedule != Schedule.Sequential || cell is not { Body: { } body, IsRepair: false, Condition: null, List: null } || cell == _graph.Output
            || _graph.Cells.Any(one => one.IsRepair))
        {
            return false;
        }

        var implied = _graph.Implied();
        var place = _graph.Cells.SkipWhile(one => one != cell).Skip(1).FirstOrDefault(
            one => one.List is null && _graph.IsAlwaysThere(one) && implied[one].Contains(cell) && !ReachesOutputPast(cell, one));
        if (place is null || (_graph.IsCounted(cell) && _graph.Routers.Count > 0))
        {
            return false;
        }

        place.Body = place.Body is null ? body : _terms.Series(body, place.Body);
        cell.Body = null;
        return true;
    }

    private bool ReachesOutputPast(Cell cell, Cell wall)
    {
        var reached = new HashSet<Cell> { cell };
        foreach (var one in _graph.Cells)
        {
            if (one != wall && one.Inputs.Exists(reached.Contains))
            {
                reached.Add(one);
            }
        }

        return reached.Contains(_graph.Output);
    }

    private IEnumerable<(Cell A, Cell B)> Pairs(Cell cell)
    {
        var sides = cell.Inputs.Where(input => input is { Body: not null, IsRepair: false, List: null }
            && _graph.OnlyConsumerOf(input) == cell && !_graph.IsCounted(input) && cell.Target != input).ToList();
        return sides.SelectMany((a, i) => sides.Skip(i + 1).Where(b => a.HasInputsOf(b) && a.Waits.SequenceEqual(b.Waits)).Select(b => (a, b)));
    }

    private void Join(Cell cell, Cell a, Cell b, Term term)
    {
        a.Body = term;
        cell.Inputs.Remove(b);
        cell.Waits.Remove(b);
        _graph.Trim();
    }

    // What is waited for between two sides may end the wait before the second.
    private bool AreNeighbours(Cell cell, Cell a, Cell b) => !_graph.KeepsWaits || (cell.IsAny && !_graph.CanFail)
        || Math.Abs(cell.Waits.IndexOf(a) - cell.Waits.IndexOf(b)) == 1;

    private bool Changed(bool changed)
    {
        if (changed)
        {
            _graph.Trim();
        }

        return changed;
    }

    private static bool AreBranches(List<Cell> inputs) => inputs.TrueForAll(a => a.Condition is { } first
        && inputs.TrueForAll(b => a == b || (b.Condition is { } second && first.IsDisjoint(second))));

    private static double ProbabilityOf(RouterCondition condition, double[] router) => router.Where((_, i) => condition.Outcomes[i]).Sum();
}
