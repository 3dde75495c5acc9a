namespace FlowCompile;

/// <summary>
/// Lets a configuration run a sub-agent several times side by side, each replica with a seed of its own. Replicas may have different settings,
/// unless <see cref="Same"/> says otherwise. A replicated sub-agent is read through <see cref="FromAnyAttribute"/>.
/// </summary>
/// <param name="min">The fewest replicas, 0 or more; 0 makes the sub-agent optional.</param>
/// <param name="max">The most replicas, at least 1 and at least <paramref name="min"/>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ReplicasAttribute(int min, int max) : Attribute
{
    /// <summary>The fewest replicas.</summary>
    public int Min { get; } = min;

    /// <summary>The most replicas.</summary>
    public int Max { get; } = max;

    /// <summary>Whether all replicas have the same setting in every configuration (default <see langword="false"/>: each may have its own).</summary>
    public bool Same { get; set; }
}
