namespace FlowCompile.Models.Onnx.Tests;

/// <summary>A copy of a model's folder that a test may spoil.</summary>
internal sealed class ModelCopy : IDisposable
{
    public ModelCopy(string name)
    {
        Folder = Directory.CreateTempSubdirectory("flowcompile-model-").FullName;
        foreach (var file in Directory.EnumerateFiles(TestModels.Folder(name)))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }
    }

    public string Folder { get; }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Replace(string file, string text, string by)
    {
        var before = File.ReadAllText(PathOf(file));
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(PathOf(file), before.Replace(text, by, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
