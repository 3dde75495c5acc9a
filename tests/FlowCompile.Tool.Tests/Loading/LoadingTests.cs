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

        // The same code compiled otherwise is the same code; another prompt is not.
        var release = await CommandLine.RunAsync("profile", _files.PathOf("Kunden dienst"), "-c", "Release", "--status");
        Assert.Equal((0, "desk: the profile is up to date"), (release.ExitCode, release.Output.Split('\n')[0].TrimEnd()));
        Assert.False(File.Exists(_files.PathOf("out put/bin/Hilfe für alle/debug/Microsoft.Data.Sqlite.dll")));
    }

    [Fact]
    public async Task A_library_that_an_application_refers_to_in_a_solution_and_for_several_frameworks()
    {
        _files.WriteProject("src/Desk Library/Desk Library.csproj", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>", $"""
            <ItemGroup Condition="'$(TargetFramework)' == 'net10.0'"><Compile Remove="Old.cs" /></ItemGroup>
            {DeskFiles.Packages}
            {DeskFiles.References}
            """);
        _files.WriteWorkflow("src/Desk Library");
        _files.Write("src/Desk Library/Old.cs", "#error Nobody needs it for this framework\n");
        _files.WriteProject("src/App/App.csproj", "<TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType>", "<ItemGroup><ProjectReference Include=\"../Desk Library/Desk Library.csproj\" /></ItemGroup>");
        _files.Write("src/App/Program.cs", "System.Console.WriteLine(\"hello\");\n");
        _files.Write("Everything.slnx", "<Solution><Project Path=\"src/App/App.csproj\" /><Folder Name=\"/libraries/\"><Project Path=\"src/Desk Library/Desk Library.csproj\" /></Folder></Solution>");
        _files.Write("Old.sln", "Project(\"{FAE04EC0}\") = \"App\", \"src\\App\\App.csproj\", \"{1}\"\nEndProject\nProject(\"{FAE04EC0}\") = \"Desk\", \"src\\Desk Library\\Desk Library.csproj\", \"{2}\"\nEndProject\n");

        // A solution, and the folder of one, is no project; the one with a workflow is named as a shell takes it.
        foreach (var path in new[] { _files.Directory, _files.PathOf("Everything.slnx"), _files.PathOf("Old.sln"), _files.PathOf("src") })
        {
            var several = await CommandLine.RunAsync("compile", path);
            Assert.Equal(3, several.ExitCode);
            Assert.EndsWith("give the project with the workflow: \"" + Path.GetRelativePath(Environment.CurrentDirectory, _files.PathOf("src/Desk Library/Desk Library.csproj")) + "\"", several.ErrorLine(), StringComparison.Ordinal);
        }

        // The application has no workflow; the library that it refers to has, and its newest framework is measured. The other one does not even build.
        var run = await CommandLine.RunAsync("profile", _files.PathOf("src/App"), "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("note: App.csproj has no workflow of its own; ", run.Error, StringComparison.Ordinal);
        Assert.Contains("note: Desk Library.csproj targets net8.0 and net10.0; net10.0 is used", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_files.PathOf("src/Desk Library/desk.flowplan.json")));

        var old = await CommandLine.RunAsync("compile", _files.PathOf("src/Desk Library"), "--framework", "net8.0");
        Assert.Equal(3, old.ExitCode);
        Assert.Contains("Nobody needs it for this framework", old.ErrorLine(), StringComparison.Ordinal);

        // Advice can be run as it is printed: with the project and the files that were given.
        var store = _files.PathOf("other store.db");
        var advised = await CommandLine.RunAsync("compile", _files.PathOf("src/Desk Library"), "--no-build", "--store", store, "--json");
        Assert.Equal(1, advised.ExitCode);
        Assert.EndsWith($"there is no profile yet; run 'dotnet flowcompile profile \"{_files.PathOf("src/Desk Library")}\" --store \"{store}\"' first.", advised.Error.TrimEnd(), StringComparison.Ordinal);
    }
}
