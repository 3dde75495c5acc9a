namespace FlowCompile.Generators.Tests.Harness;

/// <summary>The repository's own files.</summary>
internal static class Sources
{
    /// <summary>What an SDK project with implicit usings has.</summary>
    public const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static string Root { get; } = FindRoot();

    public static string TestFolder { get; } = Path.Combine(Root, "tests", "FlowCompile.Generators.Tests");

    /// <summary>A file of the sample.</summary>
    public static string Sample(string file) => Read("samples", "WordMath", file);

    /// <summary>The sources of the sample that its workflow needs.</summary>
    public static string[] SampleWorkflow() => [ImplicitUsings, Sample("MathWorkflow.cs"), Sample("Arithmetic.cs"), Sample("MathCase.cs")];

    /// <summary>The sample's settings file.</summary>
    public static TextFile SampleSettings() => new("/project/flowcompile.json", Sample("flowcompile.json"));

    /// <summary>A plan of these tests.</summary>
    public static TextFile Plan(string workflow) =>
        new($"/project/{workflow}.flowplan.json", Read("tests", "FlowCompile.Generators.Tests", "Plans", $"{workflow}.flowplan.json"));

    /// <summary>A file of the repository, its lines ended by a line feed.</summary>
    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path])).Replace("\r\n", "\n", StringComparison.Ordinal);

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
