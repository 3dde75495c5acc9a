namespace FlowCompile.Compilation;

/// <summary>The cells of a circuit, each after those it depends on.</summary>
internal sealed class CellGraph
{
    private readonly List<Cell> _cells = [];
    private Dictionary<Cell, HashSet<Cell>>? _implied;
    private (HashSet<Cell> Certain, HashSet<Cell> MayFail)? _ends;

    public CellGraph(Circuit circuit, TermPool terms, Schedule schedule)
    {
        Routers = circuit.Routers;
        CanFail = circuit.CanFail;
        KeepsWaits = CanFail || (schedule == Schedule.Parallel && Routers.Count > 0);
        foreach (var vertex in circuit.Vertices)
        {
            _cells.Add(new Cell
            {
                IsAny = vertex.IsAny,
                Inputs = [.. vertex.Inputs.Select(input => _cells[input])],
                Body = vertex.Kind == VertexKind.Call ? terms.Calls(vertex.Node, vertex.Calls) : null,
                Target = vertex.Target < 0 ? null : _cells[vertex.Target],
                Node = vertex.Node,
                Calls = vertex.Calls,
                Branches = vertex.Branches,
                Condition = vertex.Condition,
                // Without routers all candidates are there, and the structure has seen to the minimum.
                List = vertex.List < 0 || circuit.Routers.Count == 0 ? null : _cells[vertex.List],
                MinBranches = vertex.MinBranches,
                HandsOn = vertex.HandsOn,
                IsList = vertex.IsList,
                Waits = KeepsWaits ? [.. vertex.Waits.Select(wait => _cells[wait])] : [],
                Router = KeepsWaits && vertex.Router >= 0 ? _cells[vertex.Router] : null,
            });
        }

        Output = _cells[circuit.Output];
        Trim();
    }

    public IReadOnlyList<Cell> Cells => _cells;

    public IReadOnlyList<double[]> Routers { get; }

    /// <summary>
    /// Whether it matters which cells a cell waits for, and in which order, apart from those that it depends on: where a router may leave some
    /// without output, and their ends are waited for or their failures noticed. Otherwise a cell waits for all that it depends on.
    /// </summary>
    public bool KeepsWaits { get; }

    /// <summary>Whether a run may end with an error.</summary>
    public bool CanFail { get; }

    public Cell Output { get; private set; }

    /// <summary>The cells that wait for a cell.</summary>
    public IEnumerable<Cell> ConsumersOf(Cell cell) => _cells.Where(one => one.Inputs.Contains(cell) || one.Target == cell || one.Waits.Contains(cell));

    /// <summary>The only cell that waits for a cell; <see langword="null"/> where there are others, or it is the output.</summary>
    public Cell? OnlyConsumerOf(Cell cell) => cell != Output && ConsumersOf(cell).Take(2).ToList() is [var only] ? only : null;

    /// <summary>Whether a candidate list that a body depends on is, or contains, a cell.</summary>
    public bool IsCounted(Cell cell) => _cells.Exists(one => one.List is { } list && (list == cell || list.Inputs.Contains(cell)));

    /// <summary>Puts one cell in the place of another.</summary>
    public void Replace(Cell old, Cell by)
    {
        foreach (var cell in _cells)
        {
            if (cell.Inputs.Contains(old))
            {
                cell.Inputs = [.. cell.Inputs.Select(input => input == old ? by : input).Distinct()];
            }

            cell.Target = cell.Target == old ? by : cell.Target;
            cell.Router = cell.Router == old ? by : cell.Router;
            if (cell.Waits.Contains(old))
            {
                cell.Waits = [.. cell.Waits.Select(wait => wait == old ? by : wait).Distinct()];
            }
        }

        Output = Output == old ? by : Output;
        Trim();
    }

    /// <summary>Drops the cells that the output no longer depends on, and restores the order.</summary>
    public void Trim()
    {
        (_implied, _ends) = (null, null);
        _cells.Clear();
        var seen = new HashSet<Cell>();
        Visit(Output);

        void Visit(Cell cell)
        {
            if (seen.Add(cell))
            {
                cell.Inputs.ForEach(Visit);
                if (cell.Target is { } target)
                {
                    Visit(target);
                }

                cell.Waits.ForEach(Visit);
                _cells.Add(cell);
            }
        }
    }

    /// <summary>The cells that must be right where a cell is.</summary>
    public Dictionary<Cell, HashSet<Cell>> Implied() => _implied ??= FindImplied();

    /// <summary>Whether a cell has an output whatever the routers say.</summary>
    public bool IsAlwaysThere(Cell cell) => (_ends ??= FindEnds()).Certain.Contains(cell);

    /// <summary>Whether a cell may end with an error.</summary>
    public bool MayFail(Cell cell) => (_ends ??= FindEnds()).MayFail.Contains(cell);

    /// <summary>Of what a cell waits for that which it does whatever happens: up to the first after which it may wait no longer.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="waits">What it waits for, in order.</param>
    public IEnumerable<Cell> Certain(Cell cell, IEnumerable<Cell> waits)
    {
        foreach (var wait in waits)
        {
            yield return wait;
            if (wait == cell.Router || !(IsAlwaysThere(wait) || ((cell.IsAny || wait.IsList) && !MayFail(wait))))
            {
                break;
            }
        }
    }

    private (HashSet<Cell> Certain, HashSet<Cell> MayFail) FindEnds()
    {
        var (certain, mayFail) = (new HashSet<Cell>(), new HashSet<Cell>());
        foreach (var cell in _cells)
        {
            var isShort = cell is { List: not null, MinBranches: > 2, HandsOn: true };
            if (isShort || cell.Waits.Exists(mayFail.Contains))
            {
                mayFail.Add(cell);
            }
            else if (cell.Condition is null && (cell.List is null || cell.HandsOn) && (cell.Target is not { } target || certain.Contains(target))
                && (cell.IsAny ? cell.Inputs.Exists(certain.Contains) : cell.Inputs.TrueForAll(certain.Contains))
                && (cell.IsAny || cell.Waits.TrueForAll(wait => wait.IsList || certain.Contains(wait))))
            {
                certain.Add(cell);
            }
        }

        return (certain, mayFail);
    }

    private Dictionary<Cell, HashSet<Cell>> FindImplied()
    {
        var implied = new Dictionary<Cell, HashSet<Cell>>();
        foreach (var cell in _cells)
        {
            HashSet<Cell> own = [];
            if (cell is { List: { } list, HandsOn: true })
            {
                // With a single candidate it is as right as that, whatever else it reads.
                own = [.. implied[list]];
            }
            else if (cell.Inputs.Count > 0)
            {
                own = [.. implied[cell.Inputs[0]]];
                foreach (var input in cell.Inputs.Skip(1))
                {
                    if (cell.IsAny)
                    {
                        own.IntersectWith(implied[input]);
                    }
                    else
                    {
                        own.UnionWith(implied[input]);
                    }
                }
            }

            if (cell.Target is { } target)
            {
                own.IntersectWith(implied[target]);
            }

            own.Add(cell);
            implied.Add(cell, own);
        }

        return implied;
    }

    /// <summary>The cells as a circuit, where they do not come down to one term, with the body of each vertex.</summary>
    public (Circuit Circuit, Term?[] Bodies) ToCircuit()
    {
        int IndexOf(Cell? cell) => cell is null ? -1 : _cells.IndexOf(cell);
        var vertices = _cells.Select(cell => new CircuitVertex
        {
            Kind = cell.IsRepair ? VertexKind.Repair : cell.Body is null ? VertexKind.Gate : VertexKind.Call,
            Node = cell.IsRepair ? cell.Node : -1,
            Calls = cell.IsRepair ? cell.Calls : 1,
            Branches = cell.Branches,
            IsAny = cell.IsAny,
            Inputs = [.. cell.Inputs.Select(IndexOf)],
            Target = IndexOf(cell.Target),
            Waits = [.. (KeepsWaits ? cell.Waits : [.. cell.Inputs, .. cell.Target is { } target ? [target] : Array.Empty<Cell>()]).Select(IndexOf)],
            IsList = cell.IsList,
            Router = IndexOf(cell.Router),
            Condition = cell.Condition,
            List = IndexOf(cell.List),
            MinBranches = cell.MinBranches,
            HandsOn = cell.HandsOn,
        });
        return (new Circuit([.. vertices], IndexOf(Output), Routers), [.. _cells.Select(cell => cell.Body)]);
    }
}
