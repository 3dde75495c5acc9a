namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>What one run came to.</summary>
/// <param name="HasOutput">Whether it has an output.</param>
/// <param name="Right">Whether that is right.</param>
/// <param name="Sequential">Its seconds, one call after another.</param>
/// <param name="Parallel">Its seconds, each call as soon as its inputs are there.</param>
/// <param name="Superstep">Its seconds, with a barrier after each level.</param>
/// <param name="Cost">The cost of all calls.</param>
/// <param name="Threw">Whether it ended in an exception.</param>
internal readonly record struct RunResult(bool HasOutput, bool Right, double Sequential, double Parallel, double Superstep, double Cost, bool Threw);
