namespace FlowCompile.Generators.Tests.Harness;

/// <summary>Where the repository's own files are.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    public static string Sample(string file) => File.ReadAllText(Path.Combine(Root, "samples", "WordMath", file));

    public static string TestFolder => Path.Combine(Root, "tests", "FlowCompile.Generators.Tests");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}
