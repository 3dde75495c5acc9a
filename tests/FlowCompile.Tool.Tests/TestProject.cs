namespace FlowCompile.Tool.Tests;

/// <summary>
/// A user's project in a folder of its own: the sample's workflow against the built FlowCompile. Its models are the sample's, by their
/// path; a test that damages one copies it first.
/// </summary>
internal sealed class TestProject : IDisposable
{
    private static readonly string s_base = AppContext.BaseDirectory;
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("flowcompile-tool");

    private bool _isBuilt;

    /// <summary>Makes the project.</summary>
    /// <param name="withWorkflow">Whether it has the workflow.</param>
    /// <param name="isBuilt">Whether it comes built, so that the verbs need not; writing code or the project file makes them build after all.</param>
    public TestProject(bool withWorkflow = true, bool isBuilt = false)
    {
        Write("Project.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="FlowCompile" HintPath="{s_base}FlowCompile.dll" />
                <PackageReference Include="Microsoft.Extensions.AI.Abstractions" Version="10.11.0" />
                <PackageReference Include="Microsoft.Extensions.DependencyInjection.Abstractions" Version="10.0.14" />
                <PackageReference Include="Microsoft.Extensions.Logging.Abstractions" Version="10.0.14" />
                <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.0" />
                <Analyzer Include="{s_base}FlowCompile.Generators.dll" />
              </ItemGroup>
              <Import Project="{s_base}build/FlowCompile.targets" />
            </Project>
            """);
        Write("flowcompile.json", File.ReadAllText(Sample("flowcompile.json"))
            .Replace("\"models/", $"\"{Sample("models").Replace('\\', '/')}/", StringComparison.Ordinal));
        System.IO.Directory.CreateDirectory(PathOf("data"));
        foreach (var file in new[] { "data/validate.jsonl", "data/test.jsonl" })
        {
            File.Copy(Sample(file), PathOf(file));
        }

        foreach (var file in System.IO.Directory.EnumerateFiles(Sample(""), "*.cs").Where(file => withWorkflow || !file.EndsWith("Workflow.cs", StringComparison.Ordinal)))
        {
            File.Copy(file, PathOf(Path.GetFileName(file)));
        }

        if (isBuilt)
        {
            foreach (var file in BuiltProject.Files)
            {
                var copy = PathOf(file);
                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(Path.Combine(BuiltProject.Folder, file), copy);
            }

            _isBuilt = true;
        }
    }

    public string Directory => _folder.FullName;

    public string Store => PathOf("job.db");

    public string Plan => PathOf("math.flowplan.json");

    public string PathOf(string relative) => Path.Combine(_folder.FullName, relative);

    public void Write(string relative, string text)
    {
        File.WriteAllText(PathOf(relative), text);
        _isBuilt &= Path.GetExtension(relative) is not (".cs" or ".csproj");
    }

    /// <summary>Changes a file that is there.</summary>
    public void Edit(string relative, string old, string replacement)
    {
        var text = File.ReadAllText(PathOf(relative));
        Assert.Contains(old, text, StringComparison.Ordinal);
        Write(relative, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Gives the project a copy of a model, to be damaged.</summary>
    public string CopyModel(string name)
    {
        var target = System.IO.Directory.CreateDirectory(PathOf($"models/{name}")).FullName;
        foreach (var file in System.IO.Directory.EnumerateFiles(Sample($"models/{name}")))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        Edit("flowcompile.json", Sample($"models/{name}").Replace('\\', '/'), $"models/{name}");
        return target;
    }

    /// <summary>Profiles a few cases. Without <c>--verify</c> among <paramref name="more"/> the plan is not verified by runs, which takes most of the time.</summary>
    public Task<CommandLine.Run> ProfileAsync(int cases = 2, params string[] more)
    {
        string[] verify = more.Contains("--verify") ? [] : ["--verify", "0"];
        return RunAsync("profile", ["--cases", $"{cases}", "--store", Store, "--plan", Plan, .. verify, .. more]);
    }

    /// <summary>Runs a verb on the project.</summary>
    public Task<CommandLine.Run> RunAsync(string verb, params string[] more) => CommandLine.RunAsync(Arguments(verb, more));

    /// <summary>The command line of a verb on the project.</summary>
    public string[] Arguments(string verb, params string[] more) => [verb, Directory, .. more, .. _isBuilt && !more.Contains("--no-build") ? ["--no-build"] : Array.Empty<string>()];

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Sample(string relative) => Path.Combine(s_base, "sample", relative);
}
