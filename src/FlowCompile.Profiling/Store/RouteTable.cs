namespace FlowCompile.Profiling;

/// <summary>Which way the tools that route went on each case of the latest profile.</summary>
internal sealed class RouteTable(StoreConnection connection)
{
    private static readonly string s_insert = StoreTables.Routes.Insert("REPLACE");

    /// <summary>Puts the routes of the reference runs in place of those before. Where they are the same, what was composed stays.</summary>
    /// <param name="seen">The routes of the reference runs.</param>
    public void Begin(IReadOnlyList<ProfiledRoute> seen) => connection.Transact(() =>
    {
        if (!Read().Where(route => route.Variant != InputVariant.Composed).ToHashSet().SetEquals(seen))
        {
            connection.Execute("DELETE FROM routes");
            Add(seen);
        }
    });

    /// <summary>Puts routes on composed inputs in place of those before.</summary>
    /// <param name="cases">The ids of the cases.</param>
    /// <param name="composed">Their routes.</param>
    public void ReplaceComposed(IEnumerable<string> cases, IReadOnlyList<ProfiledRoute> composed) => connection.Transact(() =>
    {
        foreach (var one in cases)
        {
            connection.Execute("DELETE FROM routes WHERE case_id = ?1 AND variant = ?2", one, nameof(InputVariant.Composed));
        }

        Add(composed);
    });

    /// <summary>The routes, case by case.</summary>
    public List<ProfiledRoute> Read() => connection.Query(
        "SELECT case_id, node, variant, inputs_right, right_candidates, candidates, output FROM routes ORDER BY case_id, node, variant, inputs_right",
        row => new ProfiledRoute
        {
            CaseId = row.Text(0),
            Node = row.Text(1),
            Variant = Enum.Parse<InputVariant>(row.Text(2)),
            InputsRight = row.Int(3) != 0,
            RightCandidates = row.Int(4),
            Candidates = row.Int(5),
            Output = row.Text(6),
        });

    /// <summary>Adds routes, in place of those on the same inputs.</summary>
    /// <param name="routes">The routes.</param>
    public void Add(IReadOnlyList<ProfiledRoute> routes)
    {
        foreach (var route in routes)
        {
            connection.Execute(
                s_insert,
                route.CaseId, route.Node, route.Variant.ToString(), route.InputsRight ? 1 : 0, route.RightCandidates, route.Candidates, route.Output);
        }
    }
}
