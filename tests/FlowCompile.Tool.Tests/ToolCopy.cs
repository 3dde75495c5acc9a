using System.Runtime.InteropServices;

namespace FlowCompile.Tool.Tests;

/// <summary>A copy of the tool, of which a test may break files.</summary>
internal sealed class ToolCopy : IDisposable
{
    public ToolCopy()
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".json")
            .Concat(Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "runtimes"), "*", SearchOption.AllDirectories)))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("flowcompile-tool").FullName;

    /// <summary>The path of a native library of this machine, by the name that code loads it by.</summary>
    public string Native(string name) => Path.GetRelativePath(Folder, Directory.EnumerateFiles(Path.Combine(Folder, "runtimes"), "*", SearchOption.AllDirectories)
        .Single(file => Path.GetFileNameWithoutExtension(file) == name && file.Contains(RuntimeInformation.RuntimeIdentifier, StringComparison.Ordinal)));

    /// <summary>Writes over files, which are there after that and cannot be loaded.</summary>
    public void Break(params string[] files)
    {
        foreach (var file in files)
        {
            Assert.True(File.Exists(Path.Combine(Folder, file)), $"There is no file '{file}'.");
            File.WriteAllText(Path.Combine(Folder, file), "Nothing that can be loaded.");
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
