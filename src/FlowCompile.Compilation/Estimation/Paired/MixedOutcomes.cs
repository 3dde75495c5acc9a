using System.Collections.Concurrent;

namespace FlowCompile.Compilation;

/// <summary>
/// The calls of a sub-agent that run under different settings. On a case, calls under one setting are right together as often as the recorded ones were
/// (<see cref="SettingOutcomes"/>), and calls under different settings are independent of each other: what they have in common is the case.
/// </summary>
/// <param name="calls">For each call what was recorded under its setting.</param>
internal sealed class MixedOutcomes(IReadOnlyList<SettingOutcomes> calls) : ICallOutcomes
{
    private readonly SettingOutcomes[] _settings = [.. calls.Distinct()];
    private readonly ConcurrentDictionary<InputState, OutcomeVectors> _right = new();
    private readonly ConcurrentDictionary<int, OutcomeVectors> _repairs = new();
    private readonly ConcurrentDictionary<(int Calls, bool SideBySide, KnownInputs Inputs), double[]> _latencies = new();

    /// <inheritdoc/>
    public IReadOnlyList<SettingOutcomes> Parts => calls;

    /// <inheritdoc/>
    public double CostOf(int calls) => Parts.Take(calls).Sum(call => call.Cost);

    /// <inheritdoc/>
    public double EnergyOf(int calls) => Parts.Take(calls).Sum(call => call.Energy);

    /// <inheritdoc/>
    public OutcomeVectors Right(InputState state, int calls) => _right.GetOrAdd(state, _ =>
        Join([.. _settings.Select(setting => setting.Right(state, Among(setting, calls)))], SumOf));

    /// <inheritdoc/>
    public OutcomeVectors Repairs(int attempts) => _repairs.GetOrAdd(attempts, _ =>
        Join([.. _settings.Select(setting => setting.Repairs(Among(setting, attempts)))], parts => FirstOf(parts, attempts)));

    /// <inheritdoc/>
    public double[] Latencies(int calls, bool sideBySide, KnownInputs inputs) => _latencies.GetOrAdd((calls, sideBySide, inputs), _ =>
    {
        var latencies = (double[])Latency(0, inputs).Clone();
        for (var call = 1; call < calls; call++)
        {
            if (sideBySide)
            {
                VectorMath.Max(Latency(call, inputs), latencies);
            }
            else
            {
                VectorMath.Add(Latency(call, inputs), latencies);
            }
        }

        return latencies;
    });

    /// <inheritdoc/>
    public double[] Latency(int call, KnownInputs inputs) => Parts[call].Latency(Among(Parts[call], call), inputs);

    // How many of the first calls have a setting.
    private int Among(SettingOutcomes setting, int calls) => Parts.Take(calls).Count(call => call == setting);

    // How many are right of all: those of each setting, added up.
    private static double[][] SumOf(double[][][] parts) => parts.Aggregate((sum, part) =>
    {
        var joint = Vectors(sum.Length + part.Length - 1, part[0].Length);
        for (var a = 0; a < sum.Length; a++)
        {
            for (var b = 0; b < part.Length; b++)
            {
                VectorMath.MultiplyAdd(sum[a], part[b], joint[a + b]);
            }
        }

        return joint;
    });

    // The first attempt that mends the value, of those of all settings; 0 where none does.
    private double[][] FirstOf(double[][][] parts, int attempts)
    {
        var failed = Enumerable.Range(0, attempts + 1).Select(made =>
        {
            var none = Vectors(1, parts[0][0].Length)[0];
            none.AsSpan().Fill(1);
            for (var setting = 0; setting < parts.Length; setting++)
            {
                // Without success in so many of its own: none at all, or a later one.
                var own = (double[])parts[setting][0].Clone();
                for (var later = Among(_settings[setting], made) + 1; later < parts[setting].Length; later++)
                {
                    VectorMath.Add(parts[setting][later], own);
                }

                none = Product(none, own);
            }

            return none;
        }).ToArray();
        return [failed[attempts], .. Enumerable.Range(1, attempts).Select(attempt => failed[attempt - 1].Zip(failed[attempt], (before, after) => before - after).ToArray())];
    }

    private OutcomeVectors Join(OutcomeVectors[] parts, Func<double[][][], double[][]> joint)
    {
        var probabilities = Array.ConvertAll(parts, part => part.Probabilities);
        var width = probabilities[0][0].Length;
        var borrowed = new double[width];
        for (var setting = 0; setting < parts.Length; setting++)
        {
            var share = (double)Among(_settings[setting], Parts.Count) / Parts.Count;
            for (var c = 0; c < width; c++)
            {
                borrowed[c] += share * parts[setting].Borrowed[c];
            }
        }

        return new OutcomeVectors(joint(probabilities), borrowed)
        {
            Loans = Array.TrueForAll(parts, part => part.Loans is null) ? null : new JointLoans(parts, joint),
        };
    }

    private static double[] Product(double[] a, double[] b)
    {
        var product = new double[a.Length];
        VectorMath.Multiply(a, b, product);
        return product;
    }

    private static double[][] Vectors(int count, int width) => [.. Enumerable.Range(0, count).Select(_ => new double[width])];

    /// <summary>The loans of the settings. The joint distribution is linear in that of each setting, so each has its own part in it.</summary>
    private sealed class JointLoans(OutcomeVectors[] parts, Func<double[][][], double[][]> joint) : IOutcomeLoans
    {
        public void AddInfluence(double[][] gradient, double[] target)
        {
            for (var setting = 0; setting < parts.Length; setting++)
            {
                if (parts[setting].Loans is { } loans)
                {
                    loans.AddInfluence([.. Enumerable.Range(0, parts[setting].Probabilities.Length).Select(outcome => GradientOf(setting, outcome, gradient))], target);
                }
            }
        }

        // How much the result grows with one outcome of one setting: as much as where that is certain.
        private double[] GradientOf(int setting, int outcome, double[][] gradient)
        {
            var certain = Array.ConvertAll(parts, part => part.Probabilities);
            certain[setting] = Vectors(certain[setting].Length, gradient[0].Length);
            certain[setting][outcome].AsSpan().Fill(1);
            var given = joint(certain);
            var sum = new double[gradient[0].Length];
            for (var one = 0; one < gradient.Length; one++)
            {
                VectorMath.MultiplyAdd(gradient[one], given[one], sum);
            }

            return sum;
        }
    }
}
