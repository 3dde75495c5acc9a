namespace FlowCompile.Compilation;

/// <summary>What a vertex does, given the values of those before it.</summary>
/// <param name="IsDrawn">Whether calls are made whose outcome is drawn; otherwise the value is <paramref name="Value"/>.</param>
/// <param name="Value">The value, where it is not drawn.</param>
/// <param name="State">What is right in the inputs of the calls.</param>
/// <param name="Wasted">How many calls are made where they cannot change the value.</param>
internal readonly record struct Situation(bool IsDrawn, int Value, InputState State = default, int Wasted = 0)
{
    /// <summary>How many of <see cref="NetworkVertex.Waits"/> the vertex waits for.</summary>
    public int Waited { get; private init; }

    /// <summary>Looks at a vertex.</summary>
    /// <param name="vertices">All vertices.</param>
    /// <param name="vertex">The vertex.</param>
    /// <param name="values">The values of those before it, by vertex.</param>
    public static Situation Of(IReadOnlyList<NetworkVertex> vertices, NetworkVertex vertex, ReadOnlySpan<int> values)
    {
        for (var i = 0; i < vertex.Waits.Length; i++)
        {
            if (EndAt(vertex, vertex.Waits[i], values) is < 0 and var end)
            {
                return new Situation(false, end) { Waited = i + 1 };
            }
        }

        return OfAll(vertices, vertex, values) with { Waited = vertex.Waits.Length };
    }

    /// <summary>How many outputs of a vertex are right.</summary>
    public static int RightOf(NetworkVertex vertex, int value) => vertex.Branches is null ? value : value & 1;

    // The value with which a vertex ends at one that it waits for; 0 where it goes on. A candidate that is not there is only one less.
    private static int EndAt(NetworkVertex vertex, int wait, ReadOnlySpan<int> values) =>
        values[wait] == NetworkValue.Failed ? NetworkValue.Failed
        : vertex.Kind != NetworkKind.Count && values[wait] < 0 ? NetworkValue.Absent
        : wait == vertex.Router && !vertex.RunsFor[values[wait] >> 1] ? NetworkValue.Absent
        : 0;

    private static Situation OfAll(IReadOnlyList<NetworkVertex> vertices, NetworkVertex vertex, ReadOnlySpan<int> values)
    {
        switch (vertex.Kind)
        {
            case NetworkKind.Input:
                return new Situation(false, 1);
            case NetworkKind.Count:
                return new Situation(false, Counted(vertices, vertex, values));
        }

        var allRight = true;
        foreach (var required in vertex.Required)
        {
            allRight &= RightOf(vertices[required], values[required]) > 0;
        }

        var (right, present) = (0, 0);
        if (vertex.List >= 0)
        {
            (right, present) = (NetworkValue.RightOf(values[vertex.List]), NetworkValue.PresentOf(values[vertex.List]));

            // Below the minimum every replica hands a single candidate on without a call, and more are an error of the run; of another type there is no output.
            if (present < Math.Max(1, vertex.MinBranches))
            {
                return new Situation(false, present == 0 || !vertex.HandsOn ? NetworkValue.Absent : present == 1 ? right * vertex.Outputs : NetworkValue.Failed);
            }

            allRight &= right > 0;
        }

        return vertex.Kind == NetworkKind.Repair ? OfRepair(vertices, vertex, values, allRight)
            : vertex.IsDrawn ? new Situation(true, 0, new InputState(allRight, right, present))
            : new Situation(false, allRight ? 1 : 0);
    }

    // Where another input of the repairer is wrong, no attempt can succeed and all are made.
    private static Situation OfRepair(IReadOnlyList<NetworkVertex> vertices, NetworkVertex vertex, ReadOnlySpan<int> values, bool othersRight) =>
        RightOf(vertices[vertex.Target], values[vertex.Target]) > 0 ? new Situation(false, 1)
        : othersRight ? new Situation(true, 0, InputState.Wrong)
        : new Situation(false, 0, Wasted: vertex.Calls);

    private static int Counted(IReadOnlyList<NetworkVertex> vertices, NetworkVertex vertex, ReadOnlySpan<int> values)
    {
        var (before, added) = vertex.Sum;
        var sum = before < 0 ? 0 : values[before];
        return values[added] < 0 ? sum : NetworkValue.Count(
            NetworkValue.RightOf(sum) + RightOf(vertices[added], values[added]),
            NetworkValue.PresentOf(sum) + vertices[added].Outputs);
    }
}
