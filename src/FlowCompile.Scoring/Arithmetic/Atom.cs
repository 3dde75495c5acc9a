using System.Security.Cryptography;
using System.Text;

namespace FlowCompile.Scoring;

/// <summary>What a term is a product of.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name; two of one kind and name are the same.</param>
/// <param name="Inner">For a compound, the sum that its fractional powers are taken of.</param>
internal sealed record Atom(AtomKind Kind, string Name, Polynomial? Inner = null)
{
    private const int MaxName = 64;

    public static Atom Pi { get; } = new(AtomKind.Constant, "pi");

    public static Atom Euler { get; } = new(AtomKind.Constant, "e");

    public static Atom Imaginary { get; } = new(AtomKind.Imaginary, "i");

    public static Atom Infinity { get; } = new(AtomKind.Constant, "inf");

    /// <summary>The text by which atoms are told apart and ordered.</summary>
    public string Key { get; } = $"{(char)('a' + (int)Kind)}<{Short(Name)}>";

    /// <summary>Of a function, which it is.</summary>
    public string Head { get; private init; } = "";

    /// <summary>Of a function, what it is applied to.</summary>
    public IReadOnlyList<Quotient> Arguments { get; private init; } = [];

    /// <summary>A function of something.</summary>
    public static Atom Function(string head, params IReadOnlyList<Quotient> arguments) =>
        new(AtomKind.Function, $"{head}({string.Join(',', arguments.Select(argument => argument.Text))})") { Head = head, Arguments = arguments };

    public bool Equals(Atom? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    // The name of a root is the text of what is under it: nested, they would grow with every level.
    private static string Short(string name) =>
        name.Length <= MaxName ? name : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
