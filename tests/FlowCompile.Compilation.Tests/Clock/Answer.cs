namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>What a call comes to.</summary>
/// <param name="Right">Whether it is right.</param>
/// <param name="Value">What it says.</param>
/// <param name="Seconds">How long it takes.</param>
internal sealed record Answer(bool Right, string Value, double Seconds);
