namespace FlowCompile.Scoring;

/// <summary>What a term is a product of.</summary>
internal enum AtomKind
{
    /// <summary>A prime, in a power between 0 and 1: part of a root.</summary>
    Prime,

    /// <summary>Pi, e, infinity.</summary>
    Constant,

    /// <summary>The imaginary unit, in the power 1.</summary>
    Imaginary,

    /// <summary>A variable.</summary>
    Variable,

    /// <summary>A sum, in a power between 0 and 1: a root that is no product of roots of primes.</summary>
    Compound,

    /// <summary>A function of something, known by its text.</summary>
    Function,

    /// <summary>A unit of measurement, or a word that stands in the place of one.</summary>
    Unit,
}
