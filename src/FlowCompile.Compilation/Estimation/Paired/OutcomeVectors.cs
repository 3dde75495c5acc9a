using System.Numerics;

namespace FlowCompile.Compilation;

/// <summary>The distribution of a call's outcome on every case, in vectors over the cases.</summary>
/// <param name="Probabilities">For each outcome its probability on every case; 0 in the padding.</param>
/// <param name="Borrowed">For each case 1 where nothing was recorded of it and the distribution is borrowed from others, else 0.</param>
internal sealed record OutcomeVectors(double[][] Probabilities, double[] Borrowed)
{
    /// <summary>From which cases the others borrow; <see langword="null"/> where none does, or where that is not known.</summary>
    public IOutcomeLoans? Loans { get; init; }

    /// <summary>The length of vectors over so many cases.</summary>
    public static int Width(int cases) => (cases + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>Puts the distributions of single cases together.</summary>
    /// <param name="outcomes">How many outcomes there are.</param>
    /// <param name="cases">How many cases.</param>
    /// <param name="of">The distribution on a case, and whether it is borrowed.</param>
    public static OutcomeVectors Create(int outcomes, int cases, Func<int, (double[] Distribution, bool IsBorrowed)> of)
    {
        var width = Width(cases);
        var probabilities = Enumerable.Range(0, outcomes).Select(_ => new double[width]).ToArray();
        var borrowed = new double[width];
        for (var c = 0; c < cases; c++)
        {
            var (distribution, isBorrowed) = of(c);
            borrowed[c] = isBorrowed ? 1 : 0;
            for (var o = 0; o < outcomes; o++)
            {
                probabilities[o][c] = distribution[o];
            }
        }

        return new OutcomeVectors(probabilities, borrowed);
    }
}
