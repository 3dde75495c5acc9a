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

    /// <summary>A list that goes on: 1, 2, ..., n. Its order counts.</summary>
    /// <param name="Items">What is written of it, the dots included.</param>
    public sealed record Progression(IReadOnlyList<MathAnswer> Items) : MathAnswer;

    /// <summary>A ratio of two or more: 3:4.</summary>
    /// <param name="Items">Its parts.</param>
    /// <param name="IsTimeLike">Whether it may also be a time of day.</param>
    public sealed record Ratio(IReadOnlyList<MathAnswer> Items, bool IsTimeLike) : MathAnswer;

    /// <summary>A time of day with its half.</summary>
    /// <param name="Seconds">The seconds since midnight.</param>
    public sealed record Time(int Seconds) : MathAnswer;

    /// <summary>A number up to multiples of another: 2 (mod 5).</summary>
    /// <param name="Value">The number.</param>
    /// <param name="Modulus">The other.</param>
    public sealed record Modular(MathAnswer Value, Quotient Modulus) : MathAnswer;

    /// <summary>An answer that can be read in several ways, or that says the same in several.</summary>
    /// <param name="Readings">The ways.</param>
    public sealed record Either(IReadOnlyList<MathAnswer> Readings) : MathAnswer;

    /// <summary>One of the choices of a question, with what it says: (C) 24.</summary>
    /// <param name="Letter">The letter.</param>
    /// <param name="Content">What it says.</param>
    public sealed record Choice(string Letter, MathAnswer Content) : MathAnswer;

    /// <summary>A tuple, point, vector or interval.</summary>
    /// <param name="Open">The opening bracket.</param>
    /// <param name="Close">The closing bracket.</param>
    /// <param name="Items">What stands between them.</param>
    public sealed record Sequence(string Open, string Close, IReadOnlyList<MathAnswer> Items) : MathAnswer;

    /// <summary>A matrix, row or column.</summary>
    /// <param name="Rows">Its rows.</param>
    public sealed record Matrix(IReadOnlyList<IReadOnlyList<MathAnswer>> Rows) : MathAnswer;

    /// <summary>A set of real numbers.</summary>
    /// <param name="Set">The set.</param>
    public sealed record Numbers(IntervalSet Set) : MathAnswer;

    /// <summary>A variable's value, x = 5, or a function's, f(x) = 2x.</summary>
    /// <param name="Name">The variable or function.</param>
    /// <param name="IsFunction">Whether it is a function.</param>
    /// <param name="Left">The left side.</param>
    /// <param name="Value">The right side.</param>
    public sealed record Assigned(string Name, bool IsFunction, Quotient Left, MathAnswer Value) : MathAnswer;

    /// <summary>An equation, as what is zero.</summary>
    /// <param name="Zero">The difference of its sides.</param>
    /// <param name="Value">The right side, where the left one only names a quantity: a + b = 7.</param>
    public sealed record Equation(Quotient Zero, Quotient? Value) : MathAnswer;

    /// <summary>A value with what names it: area = 12, a:b = 2:3.</summary>
    /// <param name="Label">The words or letters of its name, in order.</param>
    /// <param name="IsRatio">Whether it names the parts of a ratio.</param>
    /// <param name="Value">The value.</param>
    public sealed record Labelled(IReadOnlyList<string> Label, bool IsRatio, MathAnswer Value) : MathAnswer;

    /// <summary>An inequality of several variables.</summary>
    /// <param name="Difference">What is above 0.</param>
    /// <param name="Strict">Whether it is not 0.</param>
    public sealed record Order(Quotient Difference, bool Strict) : MathAnswer;

    /// <summary>Words.</summary>
    /// <param name="Words">The words, lower case, one blank between.</param>
    public sealed record Verdict(string Words) : MathAnswer;
}
