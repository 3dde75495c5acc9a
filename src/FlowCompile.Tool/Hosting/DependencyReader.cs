using System.Text.Json;

namespace FlowCompile.Tool.Hosting;

/// <summary>
/// Reads what an assembly needs at run time from its <c>deps.json</c>. Each file is looked for where a build puts it, beside the assembly,
/// and then where it was restored to: a class library's packages are not copied.
/// </summary>
internal sealed class DependencyReader(string assembly, IReadOnlyList<string> packageFolders)
{
    private readonly string _folder = Path.GetDirectoryName(assembly)!;

    /// <summary>The libraries of the assembly, itself among them.</summary>
    /// <exception cref="ToolException">The file is there and cannot be read.</exception>
    public IReadOnlyList<DependencyLibrary> Read()
    {
        var path = Path.ChangeExtension(assembly, ".deps.json");
        if (!File.Exists(path))
        {
            return FromFolder();
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var target = root.GetProperty("targets").GetProperty(root.GetProperty("runtimeTarget").GetProperty("name").GetString()!);
            var libraries = root.TryGetProperty("libraries", out var listed) ? listed : default;
            return [.. target.EnumerateObject()
                .Select(entry => ReadLibrary(entry, libraries.ValueKind == JsonValueKind.Object && libraries.TryGetProperty(entry.Name, out var about) ? about : default))
                .OfType<DependencyLibrary>()];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{path}: it cannot be read ({error.Message}); build the project again.", ExitCode.BadProject, error);
        }
    }

    private DependencyLibrary? ReadLibrary(JsonProperty entry, JsonElement about)
    {
        // A self-contained program has a runtime of its own; the tool runs on an installed one.
        if (TextOf(about, "type") == "runtimepack")
        {
            return null;
        }

        var slash = entry.Name.IndexOf('/', StringComparison.Ordinal);
        var (name, version) = slash < 0 ? (entry.Name, "") : (entry.Name[..slash], entry.Name[(slash + 1)..]);
        List<string> roots = [_folder];
        if (TextOf(about, "type") == "package")
        {
            var inside = TextOf(about, "path") ?? $"{name}/{version}".ToLowerInvariant();
            roots.AddRange(packageFolders.Select(folder => Path.Combine(folder, inside)));
        }

        var assets = new List<DependencyAsset>();
        foreach (var kind in new[] { DependencyAsset.Runtime, DependencyAsset.Native, DependencyAsset.Resources, DependencyAsset.RuntimeTargets })
        {
            if (entry.Value.TryGetProperty(kind, out var group))
            {
                assets.AddRange(group.EnumerateObject().Select(asset => Find(kind, asset, roots)).OfType<DependencyAsset>());
            }
        }

        return assets.Count > 0 ? new DependencyLibrary(name, version, assets) : null;
    }

    // What is nowhere (an empty folder's place holder, a file that the project leaves out) is none of the program's either.
    private static DependencyAsset? Find(string kind, JsonProperty asset, List<string> roots)
    {
        var file = Path.GetFileName(asset.Name);
        var locale = TextOf(asset.Value, "locale");
        string[] beside = kind switch
        {
            DependencyAsset.RuntimeTargets => [asset.Name],
            DependencyAsset.Resources => [Path.Combine(locale ?? "", file), asset.Name],
            _ => [file, asset.Name],
        };
        var places = beside.Select(path => (Folder: roots[0], Path: path)).Concat(roots.Skip(1).Select(folder => (Folder: folder, Path: asset.Name)));
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place.Folder, place.Path))) is { Folder: not null } found
            ? new DependencyAsset(kind, found.Folder, found.Path)
            {
                AssemblyVersion = TextOf(asset.Value, "assemblyVersion"),
                FileVersion = TextOf(asset.Value, "fileVersion"),
                Locale = locale,
                Platform = TextOf(asset.Value, "rid"),
                AssetType = TextOf(asset.Value, "assetType"),
            }
            : null;
    }

    // A project may do without a deps.json; then what is beside it is what it has. Of packages nothing is known, so each file is a library of its own.
    private List<DependencyLibrary> FromFolder() =>
    [
        .. Directory.EnumerateFiles(_folder, "*.dll").Order(StringComparer.Ordinal).Where(file => AssemblyVersions.TryRead(file) is not null)
            .Select(file => new DependencyLibrary(FormattableString.Invariant($"file {Path.GetFileName(file)}"), "", [new DependencyAsset(DependencyAsset.Runtime, _folder, Path.GetFileName(file))])),
    ];

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
