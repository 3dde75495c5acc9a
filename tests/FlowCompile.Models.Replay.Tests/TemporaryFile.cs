namespace FlowCompile.Models.Replay.Tests;

internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string ending, string text)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("N") + ending);
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
