namespace FlowCompile.Models.Onnx;

/// <summary>
/// Reads tokenizer.json. What is not understood is refused by name: a tokenizer that is nearly right gives answers that are wrong.
/// </summary>
internal static class TokenizerReader
{
    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="ModelLoadException">The file is missing or malformed, has a part that is not supported, or does not fit the model.</exception>
    public static ITextTokenizer Read(string folder, ModelConfig config)
    {
        using var file = JsonFile.Open(folder, ModelFolder.Tokenizer);
        return JsonPart.Root(file).Optional("model")?.OptionalText("type") == "WordLevel"
            ? WordLevelReader.Read(file, config)
            : PipelineReader.Read(file, config.VocabularySize);
    }
}
