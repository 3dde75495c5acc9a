using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace FlowCompile.Tool.Projects;

/// <summary>The projects of a solution, or of a folder that has none.</summary>
internal static partial class SolutionProjects
{
    // Where projects lie in repositories; deeper ones are found by a solution.
    private const int Depth = 4;

    public static bool IsSolution(string file) => Path.GetExtension(file).ToUpperInvariant() is ".SLN" or ".SLNX" or ".SLNF";

    /// <summary>The project files of a solution that are there.</summary>
    /// <exception cref="ToolException">The file cannot be read.</exception>
    public static List<string> Of(string solution)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(solution))!;
            var text = File.ReadAllText(solution);
            var named = Path.GetExtension(solution).Equals(".slnx", StringComparison.OrdinalIgnoreCase)
                ? XDocument.Parse(text).Descendants("Project").Select(project => (string?)project.Attribute("Path") ?? "")
                : Quoted().Matches(text).Select(match => match.Groups[1].Value.Replace("\\\\", "\\", StringComparison.Ordinal));
            return [.. named.Select(path => Path.GetFullPath(Path.Combine(folder, path.Replace('\\', '/')))).Where(File.Exists).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or XmlException)
        {
            throw new ToolException($"{solution}: the solution cannot be read ({error.Message}); give a project instead.", ExitCode.BadProject, error);
        }
    }

    /// <summary>The project files in the folders below one.</summary>
    public static List<string> Below(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.*proj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth, IgnoreInaccessible = true })
            .Where(ProjectLocator.IsProject).Select(Path.GetFullPath).Order(StringComparer.Ordinal),
    ];

    // A project in a .sln or .slnf stands in quotation marks.
    [GeneratedRegex("\"([^\"\\r\\n]+\\.(?:cs|fs|vb)proj)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Quoted();
}
