namespace FlowCompile.Compilation;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    private const double Z = 1.6448536269514722; // the 95 % quantile of the normal distribution

    /// <summary>
    /// The 95 % quantile: 5 % lie beyond it on either side. Exact for 1 and 2 degrees of freedom; from 3 on to within 1 % by its expansion about the normal one
    /// (M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 26.7.5).
    /// </summary>
    /// <param name="freedom">The degrees of freedom, 1 or more.</param>
    public static double Quantile95(int freedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(freedom, 1);
        if (freedom == 1)
        {
            return Math.Tan(Math.PI * 0.45);
        }

        if (freedom == 2)
        {
            return 0.9 * Math.Sqrt(2 / (1 - (0.9 * 0.9)));
        }

        var (z3, z5, z7, z9) = (Math.Pow(Z, 3), Math.Pow(Z, 5), Math.Pow(Z, 7), Math.Pow(Z, 9));
        return Z + ((z3 + Z) / (4 * freedom))
            + (((5 * z5) + (16 * z3) + (3 * Z)) / (96 * Math.Pow(freedom, 2)))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * Z)) / (384 * Math.Pow(freedom, 3)))
            + (((79 * z9) + (776 * z7) + (1482 * z5) - (1920 * z3) - (945 * Z)) / (92160 * Math.Pow(freedom, 4)));
    }
}
