using System.Text.Json.Nodes;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Hosting;

/// <summary>
/// The folder from which the tool starts again in a project's dependency graph. It holds a copy of the tool's own assembly, and nothing
/// else that could be loaded: the host of .NET prefers what lies beside a program to what its <c>deps.json</c> names.
/// </summary>
internal sealed class HostFolder : IDisposable
{
    private readonly DirectoryInfo _folder;

    private HostFolder(DirectoryInfo folder, string program) => (_folder, Program) = (folder, program);

    /// <summary>What to start.</summary>
    public string Program { get; }

    /// <summary>Whether the process is on its way: it takes its <c>deps.json</c> away.</summary>
    public bool IsStarted => !File.Exists(DependenciesOf(Program));

    /// <summary>Writes the folder.</summary>
    /// <param name="project">The project.</param>
    /// <param name="signal">The pipe through which the tool speaks to its process.</param>
    /// <exception cref="ToolException">What the project was built to cannot be used.</exception>
    public static HostFolder Create(BuiltProject project, string signal)
    {
        var tool = typeof(HostFolder).Assembly.Location;
        var toolFolder = Path.GetDirectoryName(tool)!;
        var own = new DependencyReader(tool, []).Read().Where(library => library.Assets.All(asset => asset.FullPath != tool)).ToList();
        var libraries = DependencyMerge.Of(new DependencyReader(project.Assembly, project.PackageFolders).Read(), own);
        var folder = Directory.CreateTempSubdirectory("flowcompile-");
        try
        {
            var program = Path.Combine(folder.FullName, Path.GetFileName(tool));
            File.Copy(tool, program);
            File.WriteAllText(DependenciesOf(program), DependenciesJson(libraries, Path.GetFileName(tool)).ToJsonString());
            File.WriteAllText(
                Path.ChangeExtension(program, ".runtimeconfig.json"),
                RuntimeConfiguration.Of(project, RuntimeConfiguration.Read(Path.ChangeExtension(tool, ".runtimeconfig.json")), RootsOf(libraries), new Dictionary<string, string>
                {
                    [HostProperties.ProjectFile] = project.ProjectFile,
                    [HostProperties.Assembly] = project.Assembly,
                    [HostProperties.ToolFolder] = toolFolder,
                    [HostProperties.Folder] = folder.FullName,
                    [HostProperties.Signal] = signal,
                }).ToJsonString());
            return new HostFolder(folder, program);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>The <c>deps.json</c> of a program.</summary>
    public static string DependenciesOf(string program) => Path.ChangeExtension(program, ".deps.json");

    public void Dispose()
    {
        try
        {
            if (_folder.Exists)
            {
                _folder.Delete(recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A virus scanner may hold it; the system empties its folder of temporary files.
        }
    }

    // On Windows the project, the tool and the packages may be on drives of their own.
    private static IEnumerable<string> RootsOf(IReadOnlyList<DependencyLibrary> libraries) =>
        libraries.SelectMany(library => library.Assets).Select(asset => Path.GetPathRoot(asset.Folder)!).Distinct(StringComparer.OrdinalIgnoreCase);

    // Every library's path is absolute but for its root, which is the place that the runtime configuration says to look in.
    private static JsonObject DependenciesJson(IReadOnlyList<DependencyLibrary> libraries, string program)
    {
        const string Target = ".NETCoreApp,Version=v10.0";
        var entries = new JsonObject { ["flowcompile-host/1.0.0"] = new JsonObject { [DependencyAsset.Runtime] = new JsonObject { [program] = new JsonObject() } } };
        var about = new JsonObject { ["flowcompile-host/1.0.0"] = new JsonObject { ["type"] = "project", ["serviceable"] = false, ["sha512"] = "" } };
        var number = 0;
        foreach (var library in libraries)
        {
            foreach (var place in library.Assets.GroupBy(asset => asset.Folder, StringComparer.Ordinal))
            {
                var name = FormattableString.Invariant($"{library.Name}.{++number}/1.0.0");
                var groups = new JsonObject();
                foreach (var group in place.GroupBy(asset => asset.Kind, StringComparer.Ordinal))
                {
                    groups[group.Key] = new JsonObject(group.Select(asset => KeyValuePair.Create(asset.Path.Replace('\\', '/'), (JsonNode?)Describe(asset))));
                }

                entries[name] = groups;
                about[name] = new JsonObject
                {
                    ["type"] = "package",
                    ["serviceable"] = false,
                    ["sha512"] = "",
                    ["path"] = place.Key[Path.GetPathRoot(place.Key)!.Length..].Replace('\\', '/'),
                };
            }
        }

        return new JsonObject
        {
            ["runtimeTarget"] = new JsonObject { ["name"] = Target, ["signature"] = "" },
            ["targets"] = new JsonObject { [Target] = entries },
            ["libraries"] = about,
        };
    }

    private static JsonObject Describe(DependencyAsset asset)
    {
        var about = new JsonObject();
        foreach (var (name, value) in new[]
        {
            ("rid", asset.Platform), ("assetType", asset.AssetType), ("locale", asset.Locale), ("assemblyVersion", asset.AssemblyVersion), ("fileVersion", asset.FileVersion),
        })
        {
            if (value is not null)
            {
                about[name] = value;
            }
        }

        return about;
    }
}
