namespace FlowCompile.Compilation;

/// <summary>What calls add up to in a run of each case: costs, or energies.</summary>
internal static class CaseAmounts
{
    /// <summary>The means of the runs of each case, padded with 0; <see langword="null"/> where it is not known of every call.</summary>
    /// <param name="recorded">What was recorded.</param>
    /// <param name="network">The structure's network.</param>
    /// <param name="settings">The settings, by node of the graph.</param>
    /// <param name="draws">The draws, just evaluated on the same.</param>
    /// <param name="of">What of the calls of a sub-agent, by case.</param>
    public static double[]? Of(
        RecordedOutcomes recorded, PairedNetwork network, IReadOnlyList<CallSettings?> settings, RunDraws draws, Func<SettingOutcomes, double[]?> of)
    {
        var sum = new double[OutcomeVectors.Width(recorded.Cases)];
        for (var v = 0; v < network.Vertices.Count; v++)
        {
            if (network.Vertices[v] is not { HasCalls: true, Node: var node })
            {
                continue;
            }

            var parts = recorded.Of(node, settings[node]).Parts;
            for (var part = 0; part < parts.Count; part++)
            {
                if (of(parts[part]) is not { } each)
                {
                    return null;
                }

                for (var c = 0; c < recorded.Cases; c++)
                {
                    sum[c] += (parts.Count == 1 ? draws.CallsOf(network, v, c) : draws.MakesCall(network, v, part, c)) * each[c];
                }
            }
        }

        return sum;
    }
}
