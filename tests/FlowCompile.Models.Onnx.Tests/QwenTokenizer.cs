using System.IO.Compression;
using System.Text.Json;

namespace FlowCompile.Models.Onnx.Tests;

/// <summary>The tokenizer of the public Qwen3 models, which lies beside the repository, with texts and their ids.</summary>
internal static class QwenTokenizer
{
    private static readonly Lazy<string> s_folder = new(() =>
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "..", "shared", "models", "qwen3-tokenizer");
            if (Directory.Exists(shared))
            {
                return shared;
            }
        }

        throw new DirectoryNotFoundException("../shared/models/qwen3-tokenizer is not beside the repository.");
    });

    private static readonly Lazy<PipelineTokenizer> s_tokenizer = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-qwen-");
        try
        {
            using (var packed = new GZipStream(File.OpenRead(PathOf("tokenizer.json.gz")), CompressionMode.Decompress))
            using (var file = File.Create(Path.Combine(folder.FullName, ModelFolder.Tokenizer)))
            {
                packed.CopyTo(file);
            }

            using var json = JsonFile.Open(folder.FullName, ModelFolder.Tokenizer);
            return PipelineReader.Read(json, size: 151_936);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    });

    public static PipelineTokenizer Tokenizer => s_tokenizer.Value;

    public static string PathOf(string file) => Path.Combine(s_folder.Value, file);

    public static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(PathOf(file))).RootElement;
}
