namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>The output of one node or replica in one run.</summary>
/// <param name="State">Whether it is there.</param>
/// <param name="Right">Whether it is right.</param>
/// <param name="Value">What it says, where something branches on it.</param>
/// <param name="Time">When that is known, under the parallel schedule.</param>
internal readonly record struct Output(OutputState State, bool Right, string? Value, double Time);
