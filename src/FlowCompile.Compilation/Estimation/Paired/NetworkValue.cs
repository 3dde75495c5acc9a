namespace FlowCompile.Compilation;

/// <summary>The values of vertices.</summary>
internal static class NetworkValue
{
    /// <summary>The value of what has no output.</summary>
    public const int Absent = -1;

    /// <summary>The value of what ends with an error: too few candidates, or it waits for one that does.</summary>
    public const int Failed = -2;

    private const int Bits = 12;

    /// <summary>The value of a count.</summary>
    /// <param name="right">How many candidates are right.</param>
    /// <param name="present">How many there are.</param>
    public static int Count(int right, int present) => (present << Bits) | right;

    /// <summary>How many candidates are right.</summary>
    public static int RightOf(int count) => count & ((1 << Bits) - 1);

    /// <summary>How many candidates there are.</summary>
    public static int PresentOf(int count) => count >> Bits;
}
