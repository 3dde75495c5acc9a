namespace FlowCompile.Compilation;

/// <summary>A call that waits for a slot.</summary>
/// <param name="Vertex">Its vertex in the network.</param>
/// <param name="Place">The place whose slots it takes; -1 where it need not wait.</param>
/// <param name="Seconds">How long it takes in each run; below 0 where it is not made.</param>
/// <param name="After">The call that it follows, by its place among the calls: an earlier attempt of the same repairer; -1 where it follows none.</param>
internal readonly record struct SlotCall(int Vertex, int Place, double[] Seconds, int After);
