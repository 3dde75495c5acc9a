using System.Text.RegularExpressions;

namespace FlowCompile.Tool.Projects;

/// <summary>Chooses among the frameworks of a project.</summary>
internal static partial class TargetFrameworks
{
    /// <summary>
    /// The newest .NET among them, the one without a platform where there are several of one version: what a workflow computes is the same on each, and the
    /// newest is the one that the project is on its way to.
    /// </summary>
    /// <param name="all">The frameworks, with semicolons.</param>
    /// <returns>The framework; <see langword="null"/> where none of them is one of .NET.</returns>
    public static string? Choose(string all) => Split(all)
        .Select(name => (Name: name, Match: Modern().Match(name)))
        .Where(one => one.Match.Success && Version.Parse(one.Match.Groups[1].Value) >= new Version(8, 0))
        .OrderByDescending(one => Version.Parse(one.Match.Groups[1].Value)).ThenBy(one => one.Name.Length)
        .Select(one => one.Name).FirstOrDefault();

    public static IReadOnlyList<string> Split(string all) => all.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a project may target several frameworks: whether its file, or one that applies to all projects of a folder above, says so.</summary>
    public static bool MayBeSeveral(string project)
    {
        IEnumerable<string> files = [project];
        for (var folder = Path.GetDirectoryName(project); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            files = files.Append(Path.Combine(folder, "Directory.Build.props")).Append(Path.Combine(folder, "Directory.Build.targets"));
        }

        return files.Any(file => File.Exists(file) && File.ReadAllText(file).Contains("TargetFrameworks", StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^net(\d+\.\d+)(-.+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Modern();
}
