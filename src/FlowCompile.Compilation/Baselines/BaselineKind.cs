namespace FlowCompile.Compilation;

/// <summary>How a baseline is chosen.</summary>
public enum BaselineKind
{
    /// <summary>The largest structure with one setting throughout: the most accurate of those.</summary>
    BestUniform,

    /// <summary>One sub-agent with one call: the most accurate of those.</summary>
    BestSingle,

    /// <summary>Chosen by chance: of 101 such configurations the one with the median accuracy.</summary>
    Random,
}
