namespace FlowCompile.Compilation;

/// <summary>A stretch of latencies in which nothing was found.</summary>
/// <param name="From">Its least latency: that of the best choice found within it.</param>
/// <param name="To">The latency that it ends before.</param>
/// <param name="Accuracy">The accuracy of that choice.</param>
internal readonly record struct PathGap(double From, double To, double Accuracy);
