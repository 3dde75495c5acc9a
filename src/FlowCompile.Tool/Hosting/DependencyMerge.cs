namespace FlowCompile.Tool.Hosting;

/// <summary>
/// Makes one dependency graph of the project's and the tool's, as a restore of both together would: of every package the higher
/// version, with all its files, and of every assembly one. FlowCompile itself is always the tool's.
/// </summary>
internal static class DependencyMerge
{
    /// <summary>The libraries of both.</summary>
    /// <param name="project">The project's libraries.</param>
    /// <param name="tool">The tool's libraries.</param>
    /// <exception cref="ToolException">The project uses a FlowCompile that is newer than the tool.</exception>
    public static IReadOnlyList<DependencyLibrary> Of(IReadOnlyList<DependencyLibrary> project, IReadOnlyList<DependencyLibrary> tool)
    {
        var toolsFiles = tool.SelectMany(library => library.Assets).Where(IsAssembly).ToLookup(asset => asset.FileName, StringComparer.OrdinalIgnoreCase);
        foreach (var asset in project.Where(library => library.IsOurs).SelectMany(library => library.Assets).Where(asset => IsAssembly(asset) && DependencyLibrary.IsOwnFile(asset.FileName)))
        {
            if (toolsFiles[asset.FileName].FirstOrDefault() is { } own && AssemblyVersions.TryRead(own.FullPath) is { } have && AssemblyVersions.TryRead(asset.FullPath) is { } wanted && have < wanted)
            {
                throw new ToolException(
                    $"The project uses {Path.GetFileNameWithoutExtension(asset.FileName)} {wanted}, and this tool has {have}; update the tool with 'dotnet tool update FlowCompile.Tool'.",
                    ExitCode.BadProject);
            }
        }

        var chosen = project.Select(library => (Library: library, IsTool: false)).Concat(tool.Select(library => (Library: library, IsTool: true)))
            .GroupBy(one => one.Library.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.OrderByDescending(one => one.Library.IsOurs && one.IsTool).ThenByDescending(one => PackageVersion.Parse(one.Library.Version)).ThenBy(one => one.IsTool).First());
        return OneOfEach([.. chosen]);
    }

    // The same assembly may come with two packages, or once with a package and once as a file.
    private static List<DependencyLibrary> OneOfEach(List<(DependencyLibrary Library, bool IsTool)> libraries)
    {
        var best = libraries
            .SelectMany(one => one.Library.Assets.Where(IsAssembly).Select(asset => (Asset: asset, one.IsTool)))
            .GroupBy(one => one.Asset.FileName, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.Count() == 1 ? same.First().Asset : same
                .OrderByDescending(one => one.IsTool && DependencyLibrary.IsOwnFile(one.Asset.FileName))
                .ThenByDescending(one => AssemblyVersions.Of(one.Asset)).First().Asset)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return
        [
            .. libraries
                .Select(one => one.Library with { Assets = [.. one.Library.Assets.Where(asset => !IsAssembly(asset) || best.Contains(asset))] })
                .Where(library => library.Assets.Count > 0),
        ];
    }

    private static bool IsAssembly(DependencyAsset asset) => asset.Kind == DependencyAsset.Runtime;
}
