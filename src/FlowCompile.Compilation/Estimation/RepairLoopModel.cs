namespace FlowCompile.Compilation;

/// <summary>
/// What a bounded repair loop does to a wrong value. Each attempt mends it with probability <c>q</c>, and the loop ends when it is
/// mended or after <c>k</c> attempts: <c>p0 + (1 - p0)(1 - (1 - q)^k)</c> of arXiv 2605.13647.
/// </summary>
internal static class RepairLoopModel
{
    /// <summary>The probability that a wrong value is mended: <c>1 - (1 - q)^k</c>.</summary>
    public static double Mended(double q, int k) => 1 - Math.Pow(1 - q, k);

    /// <summary>The expected attempts on a wrong value: <c>(1 - (1 - q)^k) / q</c>, and <c>k</c> where an attempt never helps.</summary>
    public static double Attempts(double q, int k)
    {
        // As a sum, (1-q)^0 + ... + (1-q)^(k-1), it needs no division and loses nothing for a small q.
        var (attempts, failed) = (0.0, 1.0);
        for (var i = 0; i < k; i++)
        {
            attempts += failed;
            failed *= 1 - q;
        }

        return attempts;
    }
}
