namespace FlowCompile.Generators.Model;

/// <summary>When a conditional node runs.</summary>
/// <param name="Router">The routing node's name.</param>
/// <param name="Values">The values for which it runs; for the default branch those of all the other branches.</param>
/// <param name="IsOtherwise">Whether it is the default branch.</param>
internal sealed record BranchSpec(string Router, EquatableArray<ConstantSpec> Values, bool IsOtherwise);
