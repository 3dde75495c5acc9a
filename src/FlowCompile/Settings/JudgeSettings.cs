namespace FlowCompile.Settings;

/// <summary>
/// The model that judges the outputs of sub-agents without a score method: <c>"judge": { "setting": "large@0", "rubric": "..." }</c> in a
/// workflow's section.
/// </summary>
public sealed record JudgeSettings
{
    /// <summary>What <see cref="Rubric"/> is where none is written.</summary>
    public const string DefaultRubric = "The output is right if it does completely and correctly what the step is there for, given what it received.";

    /// <summary>The model that judges, and its reasoning budget.</summary>
    public required Setting Setting { get; init; }

    /// <summary>What the judge goes by.</summary>
    public string Rubric { get; init; } = DefaultRubric;

    /// <summary>What it goes by for single sub-agents instead, by their names.</summary>
    public IReadOnlyDictionary<string, string> Rubrics { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// How many outputs of sub-agents that have a score method are judged too, to say how far the judge agrees with those labels: 0 or
    /// more (default 50).
    /// </summary>
    public int Checks { get; init; } = 50;

    /// <summary>What the judge goes by for a sub-agent.</summary>
    /// <param name="node">The sub-agent's name.</param>
    public string RubricOf(string node) => Rubrics.TryGetValue(node, out var rubric) ? rubric : Rubric;
}
