namespace FlowCompile.Generators.Tests.Harness;

/// <summary>
/// Compares texts with the files under <c>Snapshots</c>. With the environment variable <c>FLOWCOMPILE_UPDATE_SNAPSHOTS=1</c> it writes
/// them instead; the diff is then for a person to read.
/// </summary>
internal static class Snapshot
{
    private static readonly bool s_update = Environment.GetEnvironmentVariable("FLOWCOMPILE_UPDATE_SNAPSHOTS") == "1";

    public static void Match(string name, string text) => MatchFile(Path.Combine(Sources.TestFolder, "Snapshots", name), text);

    /// <summary>Compares with a file of any name.</summary>
    public static void MatchFile(string file, string text)
    {
        if (s_update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        Assert.True(File.Exists(file), $"There is no snapshot {file}; run the tests with FLOWCOMPILE_UPDATE_SNAPSHOTS=1.");
        Assert.Equal(Sources.Read(file), text);
    }
}
