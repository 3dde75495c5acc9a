namespace FlowCompile.Compilation.CpSat.Tests;

/// <summary>A folder like the one CP-SAT is installed in, with a driver that misbehaves.</summary>
internal sealed class FakeDriver : IDisposable
{
    public FakeDriver(string script)
    {
        Folder = Directory.CreateTempSubdirectory("cpsat-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "or-tools-wasm"));
        File.WriteAllText(Path.Combine(Folder, "solve.mjs"), script);
    }

    public string Folder { get; }

    public CpSatOptions Options => new()
    {
        UseLibrary = false,
        Folder = Folder,
        TimeLimit = TimeSpan.FromSeconds(10),
        Grace = TimeSpan.FromSeconds(50),
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
