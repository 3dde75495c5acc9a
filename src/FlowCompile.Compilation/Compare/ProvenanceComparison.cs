using System.Globalization;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>Finds what two plans were made with and that differs.</summary>
internal static class ProvenanceComparison
{
    public static IReadOnlyList<ProvenanceChange> Of(PlanDocument old, PlanDocument @new)
    {
        var (before, after) = (old.Provenance, @new.Provenance);
        List<ProvenanceChange> all =
        [
            new("graph", old.GraphHash, @new.GraphHash),
            new("proxy", old.Proxy, @new.Proxy),
            new("schedule", old.Schedule, @new.Schedule),
            new("objectives", Text(old.Objectives), Text(@new.Objectives)),
            new("proven accuracy loss", Text(old.AccuracyLoss), Text(@new.AccuracyLoss)),
            new("tool version", before?.ToolVersion, after?.ToolVersion),
            new("profile", before?.ProfileHash, after?.ProfileHash),
            new("cases", before?.CasesHash, after?.CasesHash),
            new("number of cases", Text(before?.Cases), Text(after?.Cases)),
            new("seed", Text(before?.Seed), Text(after?.Seed)),
            new("hardware", before?.Hardware, after?.Hardware),
            new("calls at once", Text(before?.Concurrency), Text(after?.Concurrency)),
            new("calls not timed", Text(before?.UntimedCalls), Text(after?.UntimedCalls)),
            .. Models(before).Keys.Union(Models(after).Keys).Order(StringComparer.Ordinal)
                .Select(model => new ProvenanceChange($"model {model}", Models(before).GetValueOrDefault(model), Models(after).GetValueOrDefault(model))),
        ];
        return all.FindAll(change => change.Old != change.New);
    }

    private static IReadOnlyDictionary<string, string> Models(PlanProvenance? provenance) => provenance?.Models ?? new Dictionary<string, string>();

    private static string? Text(IReadOnlyList<string> names) => names.Count == 0 ? null : string.Join(", ", names);

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}
