using System.Globalization;

namespace FlowCompile.Plans;

/// <summary>A configuration as a plan's file says it.</summary>
public sealed record PlanDocumentConfiguration
{
    /// <summary>Its id, unique in the plan.</summary>
    public required string Id { get; init; }

    /// <summary>A name that says more than the id; <see langword="null"/> where it has none.</summary>
    public string? Name { get; init; }

    /// <inheritdoc cref="WorkflowConfiguration.Extensions"/>
    internal IReadOnlyList<KeyValuePair<string, string>> Extensions { get; init; } = [];

    /// <summary>How many times each node that runs does so, by the node's name.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>The setting of each sub-agent that runs, in the order written.</summary>
    public required IReadOnlyList<KeyValuePair<string, Setting>> Settings { get; init; }

    /// <summary>What it is expected to do.</summary>
    public required Estimate Estimate { get; init; }

    /// <summary>The configuration as text, as <see cref="WorkflowConfiguration.ToText"/> writes it.</summary>
    public string ToText() => string.Join(' ', Settings.Select(pair => Counts[pair.Key] == 1
        ? $"{pair.Key}={pair.Value}"
        : string.Create(CultureInfo.InvariantCulture, $"{pair.Key}*{Counts[pair.Key]}={pair.Value}")));

    /// <inheritdoc/>
    public override string ToString() => Id;
}
