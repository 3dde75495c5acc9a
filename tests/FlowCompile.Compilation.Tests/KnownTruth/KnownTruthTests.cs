namespace FlowCompile.Compilation.Tests.KnownTruth;

/// <summary>Predicted and true accuracy agree over the plans of worlds whose truth is known.</summary>
public sealed class KnownTruthTests
{
    private const int Cases = 300;
    private const int Plans = 40;

    // In the world of equals few plans have a second configuration, and the mean over so few is not known better.
    [Theory]
    [InlineData(nameof(KnownWorldKind.Equal), 0.01)]
    [InlineData(nameof(KnownWorldKind.Gradient), 0.005)]
    [InlineData(nameof(KnownWorldKind.Hard), 0.005)]
    public void Corrected_accuracies_are_right_on_average(string kind, double most)
    {
        var bias = KnownBias.Of(new KnownWorld(Enum.Parse<KnownWorldKind>(kind)), Cases, Plans, first: 1);
        Assert.InRange(bias.Bias, -most, most);

        // What is recorded is not, so there was something to correct.
        Assert.True(bias.Recorded > most || kind == nameof(KnownWorldKind.Equal));
        Assert.True(bias.Recorded > Math.Abs(bias.Bias));
    }
}
