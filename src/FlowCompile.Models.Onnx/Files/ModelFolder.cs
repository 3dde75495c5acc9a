using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FlowCompile.Files;

namespace FlowCompile.Models.Onnx;

/// <summary>The files of a model.</summary>
internal static class ModelFolder
{
    public const string Graph = "model.onnx";
    public const string Tokenizer = "tokenizer.json";
    public const string Config = "config.json";
    public const string GenerationConfig = "generation_config.json";

    // The weights of a large model lie beside its graph, under one of these names.
    private static readonly string[] s_weights = ["model.onnx.data", "model.onnx_data"];

    /// <summary>The path of a file that must be there.</summary>
    /// <exception cref="ModelLoadException">The folder or the file is missing, or is a pipe, a socket or a device.</exception>
    public static string Require(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            throw new ModelLoadException($"{folder}: there is no such model folder: check the path.");
        }

        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw new ModelLoadException(
                $"{path}: the file is missing: a model folder has {Graph}, {Tokenizer}, {Config} and {GenerationConfig}.");
        }

        try
        {
            // Whoever reads it then waits for nobody.
            InputFile.Open(path).Dispose();
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException($"{path}: the file cannot be read: {OneLine.Of(error.Message)}.", error);
        }
    }

    /// <summary>A hash of everything in the folder that decides what the model answers.</summary>
    /// <exception cref="ModelLoadException">A file is missing or cannot be read.</exception>
    public static string Hash(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        string[] required = [Graph, Tokenizer, Config, GenerationConfig];
        foreach (var name in required.Concat(s_weights.Where(name => File.Exists(Path.Combine(folder, name)))))
        {
            var path = Require(folder, name);
            try
            {
                using var stream = File.OpenRead(path);
                hash.AppendData(Encoding.UTF8.GetBytes(name));
                BinaryPrimitives.WriteInt64LittleEndian(buffer, stream.Length);
                hash.AppendData(buffer.AsSpan(0, sizeof(long)));
                for (int read; (read = stream.Read(buffer)) > 0;)
                {
                    hash.AppendData(buffer.AsSpan(0, read));
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ModelLoadException($"{path}: the file cannot be read: {OneLine.Of(error.Message)}.", error);
            }
        }

        return $"sha256:{Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant()}";
    }
}
