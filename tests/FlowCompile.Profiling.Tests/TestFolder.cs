namespace FlowCompile.Profiling.Tests;

/// <summary>A folder that lasts as long as a test.</summary>
public sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("flowcompile-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public string Write(string name, params IEnumerable<string> lines)
    {
        System.IO.File.WriteAllLines(File(name), lines);
        return File(name);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
