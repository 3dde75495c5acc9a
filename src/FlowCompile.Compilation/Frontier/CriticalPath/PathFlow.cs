namespace FlowCompile.Compilation;

/// <summary>
/// What a second is worth in each place: a flow from where nothing is waited for to the output. Whatever is chosen, the seconds in each
/// place times its flow come to no more than the seconds of the longest path times the whole flow, so the best that each place can make
/// of its price bounds from above what all can reach within a latency.
/// </summary>
/// <param name="Total">The whole flow: how much a second more of latency is worth.</param>
/// <param name="Through">The flow through each place.</param>
/// <param name="Into">The flow into each place from each of its inputs.</param>
/// <param name="Base">What the places come to together at these prices.</param>
/// <param name="From">The least latency at which no other flow gives a lower bound.</param>
internal sealed record PathFlow(double Total, double[] Through, double[][] Into, double Base, double From)
{
    /// <summary>The most that the logarithm of the accuracy can be within a latency.</summary>
    public double At(double seconds) => Base + (Total * seconds);
}
