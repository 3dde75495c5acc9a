using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests.KnownTruth;

/// <summary>How far plans are off in a world whose accuracies are known. Every plan counts the same, however many configurations it has.</summary>
/// <param name="Plans">How many plans were compiled.</param>
/// <param name="Points">How many configurations a plan has on average.</param>
/// <param name="Recorded">How much more accurate they are by the recorded cases than they are.</param>
/// <param name="Bias">The same of the corrected accuracies.</param>
/// <param name="Error">The standard error of that.</param>
/// <param name="Absolute">How far corrected accuracies are off, whichever way.</param>
/// <param name="Within">How often a 90 % interval holds the true accuracy.</param>
internal sealed record KnownBias(int Plans, double Points, double Recorded, double Bias, double Error, double Absolute, double Within)
{
    /// <summary>Compiles plans of a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="cases">How many cases each is compiled on.</param>
    /// <param name="plans">How many, 2 at least.</param>
    /// <param name="first">The seed of the first profile.</param>
    /// <param name="enough">The standard error that is small enough to end before all are compiled, after 100 at least.</param>
    /// <param name="options">What to compile for; the default where <see langword="null"/>.</param>
    public static KnownBias Of(KnownWorld world, int cases, int plans, int first, double enough = 0, CompileOptions? options = null) =>
        Of(seed => (world.Draw(cases, seed), world.TruthOf), plans, first, enough, options);

    /// <summary>Compiles plans.</summary>
    /// <param name="draw">By a seed a profile, and what says how right a configuration is.</param>
    /// <param name="plans">How many, 2 at least.</param>
    /// <param name="first">The first seed.</param>
    /// <param name="enough">The standard error that is small enough to end before all are compiled, after 100 at least.</param>
    /// <param name="options">What to compile for; the default where <see langword="null"/>.</param>
    public static KnownBias Of(
        Func<int, (ProfileTable Profile, Func<WorkflowConfiguration, double> TruthOf)> draw, int plans, int first, double enough = 0, CompileOptions? options = null)
    {
        var found = new List<(int Points, double Recorded, double Bias, double Absolute, double Within)>();
        while (found.Count < plans && (found.Count < 100 || ErrorOf([.. found.Select(one => one.Bias)]) > enough))
        {
            var (profile, truthOf) = draw(first + found.Count);
            var plan = FlowCompiler.Compile(profile, options).Plan.Configurations.Select(one => (Estimate: one.Estimate!, Truth: truthOf(one))).ToList();
            found.Add((
                plan.Count,
                plan.Average(one => one.Estimate.RecordedAccuracy!.Value - one.Truth),
                plan.Average(one => one.Estimate.Accuracy - one.Truth),
                plan.Average(one => Math.Abs(one.Estimate.Accuracy - one.Truth)),
                plan.Average(one => one.Estimate.AccuracyInterval!.Value.Contains(one.Truth) ? 1.0 : 0)));
        }

        return new KnownBias(
            found.Count,
            found.Average(one => one.Points),
            found.Average(one => one.Recorded),
            found.Average(one => one.Bias),
            ErrorOf([.. found.Select(one => one.Bias)]),
            found.Average(one => one.Absolute),
            found.Average(one => one.Within));
    }

    private static double ErrorOf(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }
}
