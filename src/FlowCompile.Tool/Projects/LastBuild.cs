using System.Text.Json;

namespace FlowCompile.Tool.Projects;

/// <summary>
/// Remembers in <c>.flowcompile/&lt;project&gt;.build.json</c> beside a project where its assembly is, so that a command that builds nothing need not ask
/// MSBuild, which takes longer than to compile a plan. It holds until the project file changes.
/// </summary>
internal static class LastBuild
{
    /// <summary>Where the assembly is, if it is known and there.</summary>
    public static string? TryRead(string project, string? configuration)
    {
        try
        {
            return ReadAll(project).GetValueOrDefault(configuration ?? "") is { } entry && entry.ProjectWritten == Written(project) && File.Exists(entry.Assembly)
                ? entry.Assembly
                : null;
        }
        catch (Exception error) when (IsNoNote(error))
        {
            return null;
        }
    }

    public static void Write(string project, string? configuration, string assembly)
    {
        try
        {
            Dictionary<string, LastBuildEntry> all = File.Exists(PathOf(project)) ? ReadAll(project) : [];
            var entry = new LastBuildEntry(assembly, Written(project));
            if (all.GetValueOrDefault(configuration ?? "") == entry)
            {
                return;
            }

            all[configuration ?? ""] = entry;
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(project))!);
            File.WriteAllBytes(PathOf(project), JsonSerializer.SerializeToUtf8Bytes(all, LastBuildJson.Default.DictionaryStringLastBuildEntry));
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
