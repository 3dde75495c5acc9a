namespace FlowCompile.Compilation;

/// <summary>A point of a <see cref="Front"/> and where it comes from.</summary>
/// <param name="Accuracy">The probability of being right.</param>
/// <param name="Primary">The first quantity to keep low: latency, or where that is no objective cost, or energy.</param>
/// <param name="Secondary">The second one. Where it is no objective it decides ties only.</param>
/// <param name="Tertiary">The third one; 0 where there is none.</param>
/// <param name="Left">The row, or the point of the left part.</param>
/// <param name="Right">The point or row of the right part.</param>
internal readonly record struct FrontPoint(double Accuracy, double Primary, double Secondary, double Tertiary, int Left, int Right = 0) : IComparable<FrontPoint>
{
    /// <summary>Lowest primary first, of equal ones the most accurate, then the lowest secondary and tertiary; the origin decides the rest.</summary>
    public int CompareTo(FrontPoint other)
    {
        var order = Primary.CompareTo(other.Primary);
        order = order != 0 ? order : other.Accuracy.CompareTo(Accuracy);
        order = order != 0 ? order : Secondary.CompareTo(other.Secondary);
        order = order != 0 ? order : Tertiary.CompareTo(other.Tertiary);
        order = order != 0 ? order : Left.CompareTo(other.Left);
        return order != 0 ? order : Right.CompareTo(other.Right);
    }
}
