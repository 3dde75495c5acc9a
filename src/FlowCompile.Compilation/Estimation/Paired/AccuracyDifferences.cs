using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Says whether the accuracies of two configurations can be told apart on the recorded cases: by drawing the same cases for both again and again, what choosing
/// has gained taken off each (the paired bootstrap: B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 8).
/// </summary>
/// <param name="proxy">The proxy that both are estimated with.</param>
internal sealed class AccuracyDifferences(PairedProxy proxy)
{
    private readonly Dictionary<string, (double Gain, double Accuracy, double[]? Draws)> _known = new(StringComparer.Ordinal);

    /// <summary>Says what choosing has gained for a configuration; 0 where nobody says.</summary>
    public void Add(WorkflowConfiguration configuration, double gain) => _known[KeyOf(configuration)] = (gain, 0, null);

    /// <summary>How much more accurate a configuration is than another, both corrected for the choice.</summary>
    public AccuracyDifference Between(WorkflowConfiguration one, WorkflowConfiguration other)
    {
        var (a, b) = (Of(one), Of(other));
        var difference = a.Draws!.Zip(b.Draws!, (x, y) => x - y - (a.Gain - b.Gain)).Order().ToArray();
        var tail = difference.Length / 20;
        return new AccuracyDifference(a.Accuracy - a.Gain - (b.Accuracy - b.Gain), difference[tail], difference[^(tail + 1)]);
    }

    private (double Gain, double Accuracy, double[]? Draws) Of(WorkflowConfiguration configuration)
    {
        var key = KeyOf(configuration);
        var known = _known.GetValueOrDefault(key);
        if (known.Draws is null)
        {
            var influence = proxy.InfluenceByCase(configuration.Structure, configuration.Settings).Accuracy;
            var accuracy = proxy.Evaluate(configuration.Structure, configuration.Settings).Accuracy;
            _known[key] = known = (known.Gain, accuracy, [.. proxy.Draws.Select(weights => VectorMath.Dot(weights, influence))]);
        }

        return known;
    }

    private static string KeyOf(WorkflowConfiguration configuration) => new Candidate(configuration.Structure, [.. configuration.Settings]).Key();
}
