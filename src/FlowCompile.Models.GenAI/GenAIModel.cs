using FlowCompile.Models.Onnx;

namespace FlowCompile.Models.GenAI;

/// <summary>Loads a model folder into ONNX Runtime GenAI.</summary>
internal static class GenAIModel
{
    /// <summary>Loads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How.</param>
    /// <returns>The model, and what its file says.</returns>
    /// <exception cref="ModelLoadException">A file is missing, malformed or does not fit the others, or ONNX Runtime GenAI is not there.</exception>
    public static (TextModel Model, GenAIConfig Config) Load(string folder, GenAIModelOptions options)
    {
        folder = Path.GetFullPath(folder);
        var config = GenAIConfig.Read(folder);
        var tokenizer = TokenizerReader.Read(folder, config.Network);
        var chat = ChatTemplateReader.Read(folder, options.ChatFormat, isPlain: tokenizer is WordLevelTokenizer);
        var generation = chat is null ? config.Generation : ChatModel.Apply(folder, chat, tokenizer, config.Generation);
        var identity = ModelFolder.Hash(folder, FilesOf(folder)) + (chat is null ? "" : $" {ChatModel.Identity(chat)}");
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

        // Last, because it is the one thing that has to be closed.
        return (new TextModel(name, new GenAIDecoder(folder, config, options.Device), tokenizer, chat, generation, identity), config);
    }

    // Any of them may decide what the model answers: the file names some, and weights lie beside graphs.
    private static List<string> FilesOf(string folder)
    {
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, MaxRecursionDepth = 8 };
            return [.. Directory.EnumerateFiles(folder, "*", options).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException($"{folder}: the folder cannot be read: {OneLine.Of(error.Message)}.", error);
        }
    }
}
