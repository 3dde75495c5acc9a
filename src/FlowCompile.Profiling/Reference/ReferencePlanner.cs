namespace FlowCompile.Profiling;

/// <summary>Lists the reference runs of a profile: for every case a strong one, and a weak one where that is another setting.</summary>
internal sealed class ReferencePlanner(ProfileContext context)
{
    public IReadOnlyList<ReferenceRequest> Plan(IReadOnlyList<WorkflowCase> cases)
    {
        List<(InputVariant Variant, Setting Setting)> variants = [(InputVariant.Strong, context.Section.Reference)];
        var strong = context.Space.SettingsUnder(context.Section.Reference, context.Largest);
        if (!strong.SequenceEqual(context.Space.SettingsUnder(context.Section.WeakReference, context.Largest)))
        {
            variants.Add((InputVariant.Weak, context.Section.WeakReference));
        }

        return [.. cases.SelectMany(one => variants.Select(variant => new ReferenceRequest(Key(one, variant.Setting), one, variant.Variant, variant.Setting)))];
    }

    // The code of every node counts, tools too: any of them can change what a node downstream receives. The score methods and the judge
    // count, since a run keeps its scores.
    private string Key(WorkflowCase one, Setting reference)
    {
        var settings = context.Space.SettingsUnder(reference, context.Largest).Select(setting =>
            setting is { } one ? $"{context.Identities[one.Model].Identity}@{one.Budget}" : "-");
        return ContentHash.Of(
            ["reference-1", context.Descriptor.Graph.Hash, context.ScoreHash, context.SeedText, one.Hash, .. context.CodeHashes, .. settings, .. context.SubAgents.Select(context.JudgeOf).OfType<string>()]);
    }
}
