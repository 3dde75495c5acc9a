namespace FlowCompile.Compilation;

/// <summary>For which outcomes of a router a vertex runs.</summary>
/// <param name="Router">The router, by its place in <see cref="Circuit.Routers"/>.</param>
/// <param name="Outcomes">For each of its outcomes, whether the vertex runs.</param>
internal sealed record RouterCondition(int Router, bool[] Outcomes)
{
    public bool IsSame(RouterCondition? other) => other is not null && Router == other.Router && Outcomes.AsSpan().SequenceEqual(other.Outcomes);

    public bool IsDisjoint(RouterCondition other) =>
        Router == other.Router && !Outcomes.Where((runs, i) => runs && other.Outcomes[i]).Any();
}
