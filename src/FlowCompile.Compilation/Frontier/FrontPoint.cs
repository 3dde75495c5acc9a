namespace FlowCompile.Compilation;

/// <summary>A point of a <see cref="Front"/> and where it comes from.</summary>
/// <param name="Accuracy">The probability of being right.</param>
/// <param name="Primary">The first quantity to keep low: latency, or cost where latency is no objective.</param>
/// <param name="Secondary">The other one. Where it is no objective it decides ties only.</param>
/// <param name="Left">The row, or the point of the left part.</param>
/// <param name="Right">The point or row of the right part.</param>
internal readonly record struct FrontPoint(double Accuracy, double Primary, double Secondary, int Left, int Right = 0) : IComparable<FrontPoint>
{
    /// <summary>Lowest primary first, of equal ones the most accurate, then the lowest secondary; the origin decides the rest.</summary>
    public int CompareTo(FrontPoint other)
    {
        var order = Primary.CompareTo(other.Primary);
        order = order != 0 ? order : other.Accuracy.CompareTo(Accuracy);
        order = order != 0 ? order : Secondary.CompareTo(other.Secondary);
        order = order != 0 ? order : Left.CompareTo(other.Left);
        return order != 0 ? order : Right.CompareTo(other.Right);
    }
}
