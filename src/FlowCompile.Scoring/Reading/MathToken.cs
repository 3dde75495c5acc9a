namespace FlowCompile.Scoring;

/// <summary>A piece of an answer.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text: a symbol in one spelling, a variable, a command without its backslash, a word.</param>
/// <param name="Value">The value of a number.</param>
/// <param name="Spaced">Whether a blank stands before it.</param>
/// <param name="InText">Whether it is upright text.</param>
internal readonly record struct MathToken(MathTokenKind Kind, string Text, Rational Value = default, bool Spaced = false, bool InText = false)
{
    public bool Is(string symbol) => Kind == MathTokenKind.Symbol && Text == symbol;

    public bool IsCommand(string name) => Kind == MathTokenKind.Command && Text == name;
}

/// <summary>What a piece of an answer is.</summary>
internal enum MathTokenKind
{
    /// <summary>The end.</summary>
    End,

    /// <summary>A number without sign.</summary>
    Number,

    /// <summary>A variable or constant.</summary>
    Letter,

    /// <summary>A function or construction: frac, sqrt, sin, begin.</summary>
    Command,

    /// <summary>An operator, bracket or other sign.</summary>
    Symbol,

    /// <summary>A word: a unit, a verdict.</summary>
    Word,
}
