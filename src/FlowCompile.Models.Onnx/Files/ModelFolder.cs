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

    // Where exporters put the graph of a decoder that begins a text and goes on with it.
    private static readonly string[] s_graphs = [Graph, "onnx/model.onnx", "decoder_model_merged.onnx", "onnx/decoder_model_merged.onnx"];

    /// <summary>The graph of a folder, relative to it, with <c>/</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="graph">The graph's file in it; <see langword="null"/> for the first of the usual ones that is there.</param>
    /// <exception cref="ModelLoadException">It lies outside of the folder, or there is none.</exception>
    public static string GraphOf(string folder, string? graph)
    {
        if (graph is not null)
        {
            var inside = Path.GetRelativePath(folder, Path.Combine(folder, graph)).Replace('\\', '/');
            return Path.IsPathRooted(graph) || inside == ".." || inside.StartsWith("../", StringComparison.Ordinal)
                ? throw new ModelLoadException($"{folder}: the graph '{OneLine.Of(graph)}' lies outside of the model's folder: name a file in it.")
                : inside;
        }

        if (!Directory.Exists(folder) || s_graphs.FirstOrDefault(one => File.Exists(Path.Combine(folder, one))) is { } found && found == Graph)
        {
            return Graph;
        }

        if (s_graphs.FirstOrDefault(one => File.Exists(Path.Combine(folder, one))) is { } usual)
        {
            return usual;
        }

        var others = Directory.EnumerateFiles(folder, "*.onnx", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal).Take(5).Select(OneLine.Of).ToList();
        return others.Count == 0 ? Graph
            : throw new ModelLoadException($"{folder}: there is no {string.Join(", ", s_graphs)}, but {string.Join(", ", others)}: say which is meant, as \"graph\": \"{others[0]}\".");
    }

    /// <summary>The path of a file that must be there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file, relative to it.</param>
    /// <param name="has">What such a folder has, for the message.</param>
    /// <exception cref="ModelLoadException">The folder or the file is missing, or is a pipe, a socket or a device.</exception>
    public static string Require(string folder, string name, string has = $"a model folder has {Graph}, {Tokenizer}, {Config} and {GenerationConfig}")
    {
        if (!Directory.Exists(folder))
        {
            throw new ModelLoadException($"{folder}: there is no such model folder: check the path.");
        }

        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw new ModelLoadException(
                $"{path}: the file is missing: {has}.");
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

    /// <summary>A hash of everything in the folder that decides what the model answers: the files, and the weights that lie beside the graph under its name and more.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="graph">The graph, relative to it.</param>
    /// <exception cref="ModelLoadException">A file is missing or cannot be read.</exception>
    public static string Hash(string folder, string graph = Graph) => Hash(folder, [graph, Tokenizer, Config, GenerationConfig, .. WeightsOf(folder, graph)]);

    /// <summary>A hash of files, with their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">The files, relative to it, with <c>/</c>.</param>
    /// <exception cref="ModelLoadException">A file is missing or cannot be read.</exception>
    public static string Hash(string folder, IEnumerable<string> names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        foreach (var name in names)
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

    private static IEnumerable<string> WeightsOf(string folder, string graph)
    {
        var path = Path.Combine(folder, graph);
        return !File.Exists(path) ? []
            : Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*").Where(file => file != path)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }
}
