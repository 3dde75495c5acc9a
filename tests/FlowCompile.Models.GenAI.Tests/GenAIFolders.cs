using System.Text.Json;
using FlowCompile.Testing;

namespace FlowCompile.Models.GenAI.Tests;

/// <summary>The sample's models as folders of ONNX Runtime GenAI: copies with a <c>genai_config.json</c>.</summary>
public sealed class GenAIFolders : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowcompile-genai-").FullName;

    /// <summary>Problems of the sample.</summary>
    public static IReadOnlyList<string> Problems { get; } = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "validate.jsonl")).Take(12)
        .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("problem").GetString()!)];

    /// <summary>The folder of a model, as the other provider takes it.</summary>
    public static string Original(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    /// <summary>What <c>genai_config.json</c> says of a model of the sample.</summary>
    public static string ConfigOf(string name) => GenAIConfigFile.Of(Original(name));

    /// <summary>A copy of a model's folder.</summary>
    /// <param name="name">The model.</param>
    /// <param name="config">Its file; by default <see cref="ConfigOf"/>.</param>
    public string Copy(string name, string? config = null)
    {
        var folder = Path.Combine(_root, Guid.NewGuid().ToString("n"), name);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Original(name)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, "genai_config.json"), config ?? ConfigOf(name));
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);
}
