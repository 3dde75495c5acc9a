using FlowCompile.Tool.Hosting;

namespace FlowCompile.Tool.Tests;

/// <summary>Of what the project and the tool both have, the higher version is loaded; of FlowCompile the tool's.</summary>
public sealed class DependencyMergeTests
{
    [Theory]
    [InlineData("11.0.0", "10.0.14", "project")]
    [InlineData("9.0.0", "10.0.14", "tool")]
    [InlineData("10.0.14", "10.0.14", "project")]
    [InlineData("11.0.0-rc.1", "11.0.0", "tool")]
    [InlineData("11.0.0-rc.10", "11.0.0-rc.9", "project")]
    [InlineData("11.0.0+build", "10.9", "project")]
    public void A_package_is_taken_as_a_whole(string ofProject, string ofTool, string expected)
    {
        var merged = DependencyMerge.Of(
            [Library("Some.Package", ofProject, "project", ("Some.Package.dll", "1.0.0.0"), ("Native.dll", "1.0.0.0"))],
            [Library("some.package", ofTool, "tool", ("Some.Package.dll", "9.0.0.0")), Library("Other", "1.0.0", "tool", ("Other.dll", "1.0.0.0"))]);

        Assert.Equal([expected, "tool"], merged.Select(library => library.Assets[0].Folder));
        Assert.Equal(expected == "project" ? 2 : 1, merged[0].Assets.Count);
    }

    [Theory]
    [InlineData("2.0.0.0", "1.0.0.0", "project")]
    [InlineData("1.0.0.0", "2.0.0.0", "tool")]
    public void An_assembly_that_comes_with_two_packages_is_there_once(string ofProject, string ofTool, string expected)
    {
        var merged = DependencyMerge.Of([Library("file Some.dll", "", "project", ("Some.dll", ofProject))], [Library("Some", "1.0.0", "tool", ("Some.dll", ofTool))]);

        Assert.Equal([expected], merged.SelectMany(library => library.Assets).Select(asset => asset.Folder));
    }

    [Fact]
    public void FlowCompile_is_the_tools()
    {
        var merged = DependencyMerge.Of([Library("FlowCompile", "0.0.9", "project", ("FlowCompile.dll", "0.0.9.0"))], [Library("FlowCompile", "0.0.1", "tool", ("FlowCompile.dll", "0.0.1.0"))]);

        Assert.Equal(["tool"], merged.SelectMany(library => library.Assets).Select(asset => asset.Folder));
    }

    private static DependencyLibrary Library(string name, string version, string folder, params (string File, string Version)[] assemblies) =>
        new(name, version, [.. assemblies.Select(one => new DependencyAsset(DependencyAsset.Runtime, folder, one.File) { AssemblyVersion = one.Version, FileVersion = one.Version })]);
}
