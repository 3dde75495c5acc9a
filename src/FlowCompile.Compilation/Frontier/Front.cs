namespace FlowCompile.Compilation;

/// <summary>The non-dominated points of a part of a workflow, lowest <see cref="FrontPoint.Primary"/> first.</summary>
/// <param name="Points">The points.</param>
/// <param name="Loss">
/// How much accuracy a point that is not there may have more than one that is and costs no more; 0 for an exact front.
/// </param>
internal sealed record Front(FrontPoint[] Points, double Loss = 0)
{
    public int Count => Points.Length;

    public ref readonly FrontPoint this[int index] => ref Points[index];
}
