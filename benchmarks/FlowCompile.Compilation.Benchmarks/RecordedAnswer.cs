namespace FlowCompile.Compilation.Benchmarks;

/// <summary>One answer.</summary>
/// <param name="IsRight">Whether it is right.</param>
/// <param name="Seconds">How long it stands for.</param>
internal readonly record struct RecordedAnswer(bool IsRight, double Seconds);
