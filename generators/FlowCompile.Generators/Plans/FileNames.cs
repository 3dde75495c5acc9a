namespace FlowCompile.Generators.Plans;

/// <summary>The files that the generator reads, by the ends of their paths.</summary>
internal static class FileNames
{
    public const string Settings = "flowcompile.json";

    public const string PlanSuffix = ".flowplan.json";

    public static bool IsSettings(string path) => NameOf(path).Equals(Settings, StringComparison.OrdinalIgnoreCase);

    public static bool IsPlan(string path) => path.EndsWith(PlanSuffix, StringComparison.OrdinalIgnoreCase);

    public static string NameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>The workflow that a plan file is named after.</summary>
    public static string WorkflowOf(string path)
    {
        var name = NameOf(path);
        return name.Substring(0, name.Length - PlanSuffix.Length);
    }
}
