using System.Numerics;
using System.Runtime.InteropServices;

namespace FlowCompile.Compilation;

/// <summary>Arithmetic on arrays whose length is a multiple of the processor's vectors.</summary>
internal static class VectorMath
{
    /// <summary><c>target = a * b</c></summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        var x = Vectors(a);
        var y = Vectors(b);
        var z = Vectors(target);
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = x[i] * y[i];
        }
    }

    /// <summary><c>target += a * b</c></summary>
    public static void MultiplyAdd(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        var x = Vectors(a);
        var y = Vectors(b);
        var z = Vectors(target);
        for (var i = 0; i < z.Length; i++)
        {
            z[i] += x[i] * y[i];
        }
    }

    /// <summary><c>target += a</c></summary>
    public static void Add(ReadOnlySpan<double> a, Span<double> target)
    {
        var x = Vectors(a);
        var z = Vectors(target);
        for (var i = 0; i < z.Length; i++)
        {
            z[i] += x[i];
        }
    }

    /// <summary><c>target = max(target, a)</c></summary>
    public static void Max(ReadOnlySpan<double> a, Span<double> target)
    {
        var x = Vectors(a);
        var z = Vectors(target);
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = Vector.Max(z[i], x[i]);
        }
    }

    /// <summary><c>target = max(target, a)</c> where <paramref name="isTaken"/> is 1, of numbers of at least 0.</summary>
    /// <param name="isTaken">1 or 0 in each place; <see langword="null"/> for 1 in all.</param>
    /// <param name="a">The other numbers.</param>
    /// <param name="target">What is changed.</param>
    public static void MaxWhere(double[]? isTaken, ReadOnlySpan<double> a, Span<double> target)
    {
        if (isTaken is null)
        {
            Max(a, target);
            return;
        }

        var x = Vectors(a);
        var y = Vectors(isTaken.AsSpan());
        var z = Vectors(target);
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = Vector.Max(z[i], x[i] * y[i]);
        }
    }

    /// <summary><c>target = max(target, a + b)</c></summary>
    public static void MaxOfSum(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        var x = Vectors(a);
        var y = Vectors(b);
        var z = Vectors(target);
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = Vector.Max(z[i], x[i] + y[i]);
        }
    }

    /// <summary>The sum of all.</summary>
    public static double Sum(ReadOnlySpan<double> a)
    {
        var sum = Vector<double>.Zero;
        foreach (var x in Vectors(a))
        {
            sum += x;
        }

        return Vector.Sum(sum);
    }

    /// <summary>The sum of the products.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = Vectors(a);
        var y = Vectors(b);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return Vector.Sum(sum);
    }

    private static ReadOnlySpan<Vector<double>> Vectors(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);

    private static Span<Vector<double>> Vectors(Span<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);
}
