namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>What one call came to.</summary>
/// <param name="Right">Whether its output is right.</param>
/// <param name="Value">What it returned, where something branches on it.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Cost">What it cost.</param>
internal readonly record struct Call(bool Right, string? Value, double Seconds, double Cost);
