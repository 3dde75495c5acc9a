namespace FlowCompile.Compilation.Tests;

public sealed class ProxyCorrectionTests
{
    [Fact]
    public void Correction_is_the_difference_shrunk_by_what_chance_explains()
    {
        // With a case more without a difference: means .15 and -.15, squares about them .03 each, so sigma² = .06 / 6 = .01 and V = .01 / 4 = .0025;
        // tau² = .0225 - .0025 = .02; the share is .02 / .0225 = 8/9.
        var found = ProxyCorrection.Of([[0.2, 0.2, 0.2], [-0.2, -0.2, -0.2]]);
        Assert.Equal(0.15 * 8 / 9, found[0].Correction, 1e-12);
        Assert.Equal(-0.15 * 8 / 9, found[1].Correction, 1e-12);
        Assert.All(found, one => Assert.Equal(Math.Sqrt(0.0025 * 8 / 9), one.Deviation, 1e-12));
    }

    [Fact]
    public void Where_nothing_differs_nothing_is_corrected()
    {
        Assert.All(ProxyCorrection.Of([[0, 0, 0], [0]]), one => Assert.Equal((0.0, 0.0), one));
        Assert.Empty(ProxyCorrection.Of([]));
    }

    [Fact]
    public void Differences_no_larger_than_chance_correct_nothing() =>
        Assert.All(ProxyCorrection.Of([[1, -1, 1, -1], [-1, 1, -1, 1, 1], [1, -1]]), one => Assert.Equal(0, one.Correction));

    [Fact]
    public void One_case_of_one_structure_moves_no_estimate_to_its_end() =>
        Assert.InRange(ProxyCorrection.Of([[-1]])[0].Correction, -0.5, 0);

    [Theory]
    [InlineData(0)] // estimates that are right
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void Corrected_estimates_are_nearer_to_the_truth_than_those_that_are_not_and_than_the_differences_themselves(double spread)
    {
        var random = new Random(5);
        var (none, raw, shrunken) = (0.0, 0.0, 0.0);
        for (var round = 0; round < 2000; round++)
        {
            var truth = Enumerable.Range(0, 8).Select(_ => spread * Normal(random)).ToList();
            List<IReadOnlyList<double>> differences = [.. truth.Select(delta => (IReadOnlyList<double>)[.. Enumerable.Range(0, 20).Select(_ => delta + (0.3 * Normal(random)))])];
            var found = ProxyCorrection.Of(differences);
            for (var s = 0; s < truth.Count; s++)
            {
                none += truth[s] * truth[s];
                raw += Math.Pow(differences[s].Average() - truth[s], 2);
                shrunken += Math.Pow(found[s].Correction - truth[s], 2);
            }
        }

        Assert.True(shrunken < 0.75 * raw || spread == 0.2, $"{shrunken} against {raw}");
        Assert.True(shrunken < raw, $"{shrunken} against {raw}");
        Assert.True(spread == 0 || shrunken < none, $"{shrunken} against {none}");
        Assert.True(spread > 0 || shrunken < 0.25 * raw, $"{shrunken} against {raw}");
    }

    /// <summary>A difference of -.05 that is all noise corrects nothing: 0, which a plan writes as 0 and not as -0.</summary>
    [Fact]
    public void What_is_noise_corrects_by_zero()
    {
        var (correction, deviation) = Assert.Single(ProxyCorrection.Of([[-0.1]]));

        Assert.False(double.IsNegative(correction));
        Assert.Equal(0, correction);
        Assert.Equal(0, deviation);
    }

    internal static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
