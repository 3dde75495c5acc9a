namespace FlowCompile.Models.Onnx.Tests;

public class SamplerTests
{
    private const int Draws = 50_000;
    private static readonly float[] Logits = [1.0f, 0.0f, -1.0f, 2.0f, 0.5f, 0.5f, -3.0f, 1.5f];

    public static TheoryData<double> Temperatures => [0.3, 0.7, 1.0, 2.5];

    [Theory]
    [MemberData(nameof(Temperatures))]
    public void Tokens_are_drawn_with_the_probabilities_of_the_temperature(double temperature)
    {
        var weights = Logits.Select(logit => Math.Exp(logit / temperature)).ToArray();
        var counts = Count(new SamplingSettings(temperature, Seed: 20));
        Assert.True(ChiSquare(counts, weights) < 24.32, $"chi-square {ChiSquare(counts, weights)} of {string.Join(' ', counts)}"); // 7 degrees, p = 0.001
    }

    [Fact]
    public void The_test_tells_one_temperature_from_another()
    {
        var weights = Logits.Select(logit => Math.Exp(logit / 0.7)).ToArray();
        Assert.True(ChiSquare(Count(new SamplingSettings(0.8, Seed: 20)), weights) > 24.32);
    }

    [Fact]
    public void Top_k_draws_from_the_k_likeliest_in_their_proportions()
    {
        var counts = Count(new SamplingSettings(1, Seed: 21, TopK: 3));
        double[] weights = [Math.Exp(1), 0, 0, Math.Exp(2), 0, 0, 0, Math.Exp(1.5)];
        Assert.Equal([0, 3, 7], Drawn(counts));
        Assert.True(ChiSquare(counts, weights) < 13.82); // 2 degrees, p = 0.001
    }

    [Fact]
    public void Top_p_draws_from_the_fewest_likeliest_that_have_the_probability_together()
    {
        // The probabilities in order: 0.44 (3), 0.27 (7), 0.16 (0), ...
        Assert.Equal([3], Drawn(Count(new SamplingSettings(1, Seed: 22, TopP: 0.3))));
        Assert.Equal([3, 7], Drawn(Count(new SamplingSettings(1, Seed: 22, TopP: 0.55))));
        Assert.Equal([0, 3, 7], Drawn(Count(new SamplingSettings(1, Seed: 22, TopP: 0.75))));
        Assert.Equal(8, Drawn(Count(new SamplingSettings(1, Seed: 22, TopP: 1))).Count);
    }

    [Fact]
    public void Equal_logits_are_cut_by_the_order_of_their_ids() =>
        Assert.Equal([0, 3, 4, 7], Drawn(Count(new SamplingSettings(1, Seed: 23, TopK: 4))));

    [Fact]
    public void Temperature_zero_takes_the_likeliest_and_the_first_of_equals()
    {
        var sampler = new TokenSampler(new SamplingSettings(0, Seed: 1), Logits.Length);
        Assert.Equal(3, sampler.Next(Logits));
        Assert.Equal(1, new TokenSampler(new SamplingSettings(0, Seed: 1), 3).Next([0f, 4f, 4f]));
    }

    [Fact]
    public void A_fork_draws_what_its_origin_draws()
    {
        var sampler = new TokenSampler(new SamplingSettings(1, Seed: 5), Logits.Length);
        for (var i = 0; i < 10; i++)
        {
            sampler.Next(Logits);
        }

        var fork = sampler.Fork();
        var rest = Enumerable.Range(0, 100).Select(_ => sampler.Next(Logits)).ToArray();
        Assert.Equal(rest, Enumerable.Range(0, 100).Select(_ => fork.Next(Logits)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_no_numbers_are_refused(float bad)
    {
        var sampler = new TokenSampler(new SamplingSettings(1, Seed: 5), 2);
        Assert.Contains("not finite", Assert.Throws<InvalidOperationException>(() => sampler.Next([bad, bad])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_generator_gives_the_published_sequence()
    {
        // The first values of xoshiro256** seeded with SplitMix64 of 0, as its authors' reference code gives them.
        var random = new Xoshiro256(0);
        Assert.Equal([0x99EC5F36CB75F2B4UL, 0xBF6E1F784956452AUL, 0x1A5F849D4933E6E0UL], [random.Next(), random.Next(), random.Next()]);
    }

    private static int[] Count(SamplingSettings settings)
    {
        var sampler = new TokenSampler(settings, Logits.Length);
        var counts = new int[Logits.Length];
        for (var i = 0; i < Draws; i++)
        {
            counts[sampler.Next(Logits)]++;
        }

        return counts;
    }

    private static List<int> Drawn(int[] counts) => [.. Enumerable.Range(0, counts.Length).Where(id => counts[id] > 0)];

    private static double ChiSquare(int[] counts, double[] weights) =>
        counts.Zip(weights, (count, weight) => (count, expected: Draws * weight / weights.Sum()))
            .Where(pair => pair.expected > 0)
            .Sum(pair => (pair.count - pair.expected) * (pair.count - pair.expected) / pair.expected);
}
