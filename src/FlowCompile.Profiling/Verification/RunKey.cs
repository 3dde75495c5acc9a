namespace FlowCompile.Profiling;

/// <summary>The key of a run of a whole workflow: a hash of all that it depends on. A run of another key says nothing of today's workflow.</summary>
internal static class RunKey
{
    /// <summary>The key.</summary>
    /// <param name="manifest">What the profile is made with.</param>
    /// <param name="purpose">What the run is made for.</param>
    /// <param name="configuration">The configuration as text.</param>
    /// <param name="models">The names of the models that it may call.</param>
    /// <param name="caseHash">The hash of the case.</param>
    /// <returns>The key; <see langword="null"/> where the profile does not know one of the models.</returns>
    public static string? Of(ProfileManifest manifest, RunPurpose purpose, string configuration, IEnumerable<string> models, string caseHash)
    {
        var identities = manifest.Models.ToDictionary(model => model.Name, model => model.Identity, StringComparer.Ordinal);
        List<string> own = [.. models.Distinct().Order(StringComparer.Ordinal)];
        return own.Exists(model => !identities.ContainsKey(model)) ? null : ContentHash.Of(
            [
                "run-1", purpose.ToString(), manifest.GraphHash, manifest.ScoreHash, FormattableString.Invariant($"{manifest.Seed}"), configuration, caseHash,
                .. manifest.NodeHashes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"),
                .. own.Select(model => $"{model} {identities[model]}"),
                .. manifest.Judge?.Hashes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} judged by {pair.Value}") ?? [],
            ]);
    }
}
