using System.Text.RegularExpressions;

namespace FlowCompile.Tool.Projects;

/// <summary>Tells by its sources whether a project has a workflow: to name it, it need not be built.</summary>
internal static partial class WorkflowSources
{
    public static bool HasWorkflow(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        return Directory.EnumerateFiles(folder, "*.cs", options).Where(file => !IsOutput(Path.GetRelativePath(folder, file))).Any(file => Attribute().IsMatch(ReadOrEmpty(file)));
    }

    private static bool IsOutput(string relative) => relative.Split(Path.DirectorySeparatorChar) is ["bin" or "obj", ..];

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"^\s*\[[^\]""]*\bWorkflow(Attribute)?\s*\(", RegexOptions.Multiline)]
    private static partial Regex Attribute();
}
