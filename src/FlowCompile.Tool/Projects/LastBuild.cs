using System.Text.Json;

namespace FlowCompile.Tool.Projects;

/// <summary>
/// Remembers in <c>.flowcompile/&lt;project&gt;.build.json</c> beside a project where its assembly is, so that a command that builds nothing need not ask
/// MSBuild, which takes longer than to compile a plan. It holds until the project file changes.
/// </summary>
internal static class LastBuild
{
    /// <summary>What was built last, if it is known and there.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="key">What it was built as (<see cref="ProjectRequest.OutputKey"/>).</param>
    public static BuiltProject? TryRead(string project, string key)
    {
        try
        {
            // A note of an earlier version does not say where packages are.
            return ReadAll(project).GetValueOrDefault(key) is { PackageFolders: not null } entry && entry.ProjectWritten == Written(project) && File.Exists(entry.Assembly)
                ? new BuiltProject(project, entry.Assembly) { PackageFolders = entry.PackageFolders, Frameworks = entry.Frameworks ?? [], References = entry.References ?? [] }
                : null;
        }
        catch (Exception error) when (IsNoNote(error))
        {
            return null;
        }
    }

    public static void Write(string key, BuiltProject built)
    {
        var project = built.ProjectFile;
        try
        {
            Dictionary<string, LastBuildEntry> all = File.Exists(PathOf(project)) ? ReadAll(project) : [];
            all[key] = new LastBuildEntry(built.Assembly, Written(project)) { PackageFolders = [.. built.PackageFolders], Frameworks = [.. built.Frameworks], References = [.. built.References] };
            var text = JsonSerializer.SerializeToUtf8Bytes(all, LastBuildJson.Default.DictionaryStringLastBuildEntry);
            if (File.Exists(PathOf(project)) && File.ReadAllBytes(PathOf(project)).AsSpan().SequenceEqual(text))
            {
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(project))!);
            File.WriteAllBytes(PathOf(project), text);
        }
        catch (Exception error) when (IsNoNote(error))
        {
            // Without the note the next command asks MSBuild.
        }
    }

    private static Dictionary<string, LastBuildEntry> ReadAll(string project) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(project)), LastBuildJson.Default.DictionaryStringLastBuildEntry) ?? [];

    // Two projects of one folder must not take each other's assembly.
    private static string PathOf(string project) => Path.Combine(Path.GetDirectoryName(project)!, ".flowcompile", $"{Path.GetFileNameWithoutExtension(project)}.build.json");

    private static long Written(string project) => File.GetLastWriteTimeUtc(project).Ticks;

    private static bool IsNoNote(Exception error) => error is IOException or UnauthorizedAccessException or JsonException;
}
