namespace FlowCompile.Packaging.Tests.Harness;

/// <summary>The tests that share the packages, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPackages : ICollectionFixture<PackedPackages>
{
    public const string Name = "Packages";
}
