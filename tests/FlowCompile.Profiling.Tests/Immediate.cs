namespace FlowCompile.Profiling.Tests;

/// <summary>Progress that is told at once, on the thread that reports.</summary>
internal sealed class Immediate(Action<ProfileProgress> report) : IProgress<ProfileProgress>
{
    public void Report(ProfileProgress value) => report(value);
}
