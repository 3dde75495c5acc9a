namespace FlowCompile.Scoring;

/// <summary>An answer, read.</summary>
internal abstract record MathAnswer
{
    /// <summary>A number or expression.</summary>
    /// <param name="Value">Its value.</param>
    public sealed record Expression(Quotient Value) : MathAnswer;

    /// <summary>A number in a base: 40_9.</summary>
    /// <param name="Digits">Its digits.</param>
    /// <param name="Base">Its base.</param>
    public sealed record Based(string Digits, int Base) : MathAnswer;

    /// <summary>Several answers whose order does not count: a list or a set.</summary>
    /// <param name="Items">The answers.</param>
    public sealed record Many(IReadOnlyList<MathAnswer> Items) : MathAnswer;

    /// <summary>A tuple, point, vector or interval.</summary>
    /// <param name="Open">The opening bracket.</param>
    /// <param name="Close">The closing bracket.</param>
    /// <param name="Items">What stands between them.</param>
    public sealed record Sequence(string Open, string Close, IReadOnlyList<MathAnswer> Items) : MathAnswer;

    /// <summary>A matrix or column.</summary>
    /// <param name="Rows">Its rows.</param>
    /// <param name="IsDeterminant">Whether it stands between bars.</param>
    public sealed record Matrix(IReadOnlyList<IReadOnlyList<MathAnswer>> Rows, bool IsDeterminant) : MathAnswer;

    /// <summary>A set of real numbers.</summary>
    /// <param name="Set">The set.</param>
    public sealed record Numbers(IntervalSet Set) : MathAnswer;

    /// <summary>A variable's value: x = 5.</summary>
    /// <param name="Name">The variable, or the left side where it is more: f(x).</param>
    /// <param name="Left">The left side.</param>
    /// <param name="Value">The right side.</param>
    public sealed record Assigned(string Name, Quotient Left, MathAnswer Value) : MathAnswer;

    /// <summary>An equation, as what is zero.</summary>
    /// <param name="Zero">The difference of its sides.</param>
    public sealed record Equation(Quotient Zero) : MathAnswer;

    /// <summary>Words.</summary>
    /// <param name="Words">The words, lower case, one blank between.</param>
    public sealed record Verdict(string Words) : MathAnswer;
}
