namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Something that the compiler and the brute force say differently.</summary>
/// <param name="What">What it is about.</param>
/// <param name="Detail">Both values, and of what.</param>
internal sealed record Disagreement(string What, string Detail)
{
    public override string ToString() => $"{What}: {Detail}";
}
