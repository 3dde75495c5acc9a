using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>Where a plan comes from.</summary>
/// <param name="ToolVersion">The version of FlowCompile that compiled it.</param>
/// <param name="ProfileHash">The hash of the outcomes.</param>
/// <param name="CasesHash">The hash of the cases, where it says so.</param>
/// <param name="Cases">The number of cases measured.</param>
/// <param name="Seed">The seed of the sampled calls.</param>
/// <param name="Models">The models' names, in the order of <paramref name="Identities"/>.</param>
/// <param name="Identities">The models' identities.</param>
/// <param name="Hardware">The machine.</param>
/// <param name="Concurrency">How many calls ran at once, where it says so.</param>
/// <param name="UntimedCalls">How many calls were decoded in batches, where it says so.</param>
internal sealed record PlanProvenanceSpec(
    string ToolVersion,
    string ProfileHash,
    string? CasesHash,
    int Cases,
    int Seed,
    EquatableArray<string> Models,
    EquatableArray<string> Identities,
    string Hardware,
    int? Concurrency,
    int? UntimedCalls);
