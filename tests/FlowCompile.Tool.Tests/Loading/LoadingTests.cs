namespace FlowCompile.Tool.Tests;

/// <summary>Projects as users make them, profiled on recorded calls: what they need is loaded as their own program would.</summary>
public sealed class LoadingTests : IDisposable
{
    private readonly DeskFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_class_library_with_newer_packages_than_the_tools_which_nothing_copied()
    {
        // Every name here is one that a careless command line would break: blanks, letters beyond ASCII, and an assembly named otherwise.
        _files.Write("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput><ArtifactsPath>$(MSBuildThisFileDirectory)out put</ArtifactsPath></PropertyGroup></Project>");
        _files.WriteProject("Kunden dienst/Hilfe für alle.csproj", "<TargetFramework>net10.0</TargetFramework><AssemblyName>help.desk</AssemblyName><RootNamespace>Help</RootNamespace>", $"""
            <ItemGroup>
              <PackageReference Include="Microsoft.Extensions.AI" Version="10.11.0" />
              <PackageReference Include="Microsoft.Extensions.Options" Version="11.0.0" />
              <PackageReference Include="Microsoft.Extensions.Logging" Version="11.0.0" />
              <PackageReference Include="System.Text.Json" Version="11.0.0" />
              <PackageReference Include="Microsoft.Data.Sqlite" Version="11.0.0" />
            </ItemGroup>
            {DeskFiles.References}
            """);
        _files.WriteWorkflow("Kunden dienst", probe: "Newest.Check(text)");
        _files.Write("Kunden dienst/Newest.cs", """
            namespace Desk;

            internal static class Newest
            {
                public static string Check(string text)
                {
                    // Types of the packages, a library in native code, and the platform's own use of what came with a package.
                    using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
                    connection.Open();
                    var versions = new[] { typeof(System.Text.Json.JsonSerializer), typeof(Microsoft.Extensions.Options.Options), typeof(Microsoft.Extensions.Logging.LoggerFactory), connection.GetType() }
                        .Select(type => type.Assembly.GetName().Version!.Major);
                    var isFolder = AppContext.BaseDirectory == Path.GetDirectoryName(typeof(Newest).Assembly.Location) + Path.DirectorySeparatorChar;
                    return versions.All(version => version == 11) && isFolder && new System.Net.Http.StringContent(text) is not null ? text : throw new InvalidOperationException("not the project's own");
                }
            }
            """);

        var run = await CommandLine.RunAsync("profile", _files.PathOf("Kunden dienst"), "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_files.PathOf("Kunden dienst/desk.flowplan.json")));
        Assert.False(File.Exists(_files.PathOf("out put/bin/Hilfe für alle/debug/Microsoft.Data.Sqlite.dll")));
    }
}
