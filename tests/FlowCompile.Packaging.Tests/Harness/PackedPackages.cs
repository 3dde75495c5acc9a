using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace FlowCompile.Packaging.Tests.Harness;

/// <summary>
/// The packages, packed once for all tests into a folder of their own, under a version that no cache has. They are made of what is built
/// already: the project of the tests builds them first. The tool is packed for this machine's platform, and for one that OR-Tools has no native library for.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("flowcompile-packages");

    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The version of ONNX Runtime that the repository uses.</summary>
    public static string OnnxRuntimeVersion { get; } = XDocument.Load(Path.Combine(Repository, "Directory.Packages.props")).Descendants("OnnxRuntimeVersion").Single().Value;

    /// <summary>The version of ONNX Runtime GenAI.</summary>
    public static string OnnxRuntimeGenAIVersion { get; } = XDocument.Load(Path.Combine(Repository, "Directory.Packages.props")).Descendants("OnnxRuntimeGenAIVersion").Single().Value;

    /// <summary>The platform of this machine, as the SDK names it.</summary>
    public static string Platform { get; } = Metadata("Platform");

    /// <summary>A platform that OR-Tools has no native library for, and that restore takes for a relative of one that it has.</summary>
    public static string PlatformWithoutSolver => "linux-musl-x64";

    /// <summary>The packages' version.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{Environment.ProcessId}.{DateTime.UtcNow.Ticks}");

    /// <summary>The folder that holds the packages.</summary>
    public string Feed => Path.Combine(_root.FullName, "feed");

    /// <summary>The ids of the packages.</summary>
    public IReadOnlyList<string> Ids => [.. Directory.GetFiles(Feed, "*.nupkg").Select(file => Path.GetFileName(file).Replace($".{Version}.nupkg", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public async Task InitializeAsync()
    {
        await PackAsync(Path.Combine(Repository, "eng", "Pack.proj"), Feed);

        // A project in this folder finds nothing of the repository, nor of a folder above, and these packages beside the machine's sources.
        var home = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(home);
        File.WriteAllText(Path.Combine(_root.FullName, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(_root.FullName, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(_root.FullName, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(_root.FullName, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Feed}" />
              </packageSources>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(_root.FullName, "packages")}" />
              </config>
              <fallbackPackageFolders>
                <add key="machine" value="{home}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Packs a project, or several, without building them.</summary>
    public Task PackAsync(string project, string folder) => CommandLine.DotnetAsync(Repository,
    [
        "msbuild",
        project,
        .. project.EndsWith("Pack.proj", StringComparison.Ordinal) ? Array.Empty<string>() : ["-t:Pack"],
        "-nologo",
        "-v:q",
        "-m:1",
        "-p:NoBuild=true",
        $"-p:Configuration={Metadata("Configuration")}",
        $"-p:PackageVersion={Version}",
        $"-p:ToolPackageRuntimeIdentifiers=\"{Platform};{PlatformWithoutSolver}\"",
        $"-p:NuspecOutputPath={Path.Combine(_root.FullName, "nuspec")}",
        $"-p:PackageOutputPath={(project.EndsWith("Pack.proj", StringComparison.Ordinal) ? Path.GetRelativePath(Repository, folder) : folder)}",
    ]);

    /// <summary>A new folder for a project that uses the packages.</summary>
    public string CreateFolder(string name) => Directory.CreateDirectory(Path.Combine(_root.FullName, name)).FullName;

    /// <summary>The path of a package.</summary>
    public string PathOf(string id) => Path.Combine(Feed, $"{id}.{Version}.nupkg");

    /// <summary>Opens a package.</summary>
    public ZipArchive Open(string id) => ZipFile.OpenRead(PathOf(id));

    private static string Metadata(string key) => typeof(PackedPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == key).Value!;

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}
