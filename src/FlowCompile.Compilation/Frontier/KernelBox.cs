namespace FlowCompile.Compilation;

/// <summary>A range of rows for every vertex that has a choice.</summary>
/// <param name="Low">The first row of each range.</param>
/// <param name="High">The last row of each range.</param>
internal sealed record KernelBox(int[] Low, int[] High)
{
    /// <summary>What no choice in the box is better than in anything.</summary>
    public FrontPoint Best { get; set; }

    public bool IsSingle => Low.AsSpan().SequenceEqual(High);
}
