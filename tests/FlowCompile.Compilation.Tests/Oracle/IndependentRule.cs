namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>What the independent proxy means where its definition leaves a choice.</summary>
internal static class IndependentRule
{
    /// <summary>Whether a node of a branch is right only where its router is.</summary>
    public const bool RouterMustBeRight = true;
}
