namespace FlowCompile.Compilation;

/// <summary>The non-dominated points of a part of a workflow, lowest <see cref="FrontPoint.Primary"/> first.</summary>
/// <param name="Points">The points.</param>
internal sealed record Front(FrontPoint[] Points)
{
    public int Count => Points.Length;

    public ref readonly FrontPoint this[int index] => ref Points[index];
}
