namespace FlowCompile.Models.Onnx;

/// <summary>Reads tokenizer.json as its stages.</summary>
internal static class PipelineReader
{
    private static readonly string[] s_roots =
        ["version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model"];

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="size">How many ids the network knows.</param>
    /// <exception cref="ModelLoadException">It is malformed or has a part that is not supported.</exception>
    public static PipelineTokenizer Read(JsonFile file, int size)
    {
        var root = JsonPart.Root(file);
        root.Only(s_roots);
        var part = root.Optional("model") ?? throw file.Error("there is no \"model\": restore the file from where the model came from");
        var tokens = new Vocabulary(size);
        var model = ReadModel(part, tokens, size);
        var all = new Vocabulary(size);
        foreach (var (token, id) in tokens.Ids)
        {
            all.Add(part, token, id);
        }

        var normalize = NormalizerReader.Read(root.Optional("normalizer"));
        List<AddedToken> raw = [], normalized = [];
        foreach (var entry in root.List("added_tokens"))
        {
            entry.Only("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
            var content = entry.Text("content");
            if (content.Length == 0)
            {
                throw entry.Error("has no \"content\": restore the file from where the model came from");
            }

            var id = all.Add(entry, content, entry.Number("id") ?? throw entry.Error("has no \"id\": restore the file from where the model came from"));
            var isNormalized = entry.Flag("normalized");
            var token = new AddedToken(
                id, isNormalized ? normalize(content) : content, entry.Flag("special"), entry.Flag("single_word"), entry.Flag("lstrip"), entry.Flag("rstrip"));
            (isNormalized ? normalized : raw).Add(token);
        }

        var ends = EndsReader.Read(root.Optional("post_processor"));
        if (ends.Before.Concat(ends.After).FirstOrDefault(id => all[id] is null, -1) is >= 0 and var none)
        {
            throw file.Error($"\"post_processor\" adds the id {none}, which has no token: restore the file from where the model came from");
        }

        return new PipelineTokenizer
        {
            Vocabulary = all,
            Added = raw.Concat(normalized).DistinctBy(token => token.Id).ToDictionary(token => token.Id),
            Raw = new AddedTokens(raw),
            Normalized = new AddedTokens(normalized.Where(token => token.Content.Length > 0)),
            Normalize = normalize,
            Cut = PreTokenizerReader.Read(root.Optional("pre_tokenizer")),
            Model = model,
            Unknown = part.Type == "Unigram" ? part.Number("unk_id") : part.OptionalText("unk_token") is { } unknown ? tokens.IdOf(unknown) : null,
            Ends = ends,
            Decoder = DecoderReader.Read(root.Optional("decoder")),
        };
    }

    private static ITokenModel ReadModel(JsonPart part, Vocabulary tokens, int size)
    {
        switch (part.OptionalText("type"))
        {
            case "Unigram":
                return new UnigramModel(part, tokens);
            case "BPE":
                ReadTokens(part, tokens);
                return new BpeModel(part, tokens);
            case "WordPiece":
                ReadTokens(part, tokens);
                return new WordPieceModel(part, tokens, size);
            case null:
                throw part.Error("has no \"type\": load the tokenizer with a newer version of Hugging Face's tokenizers, and save it again");
            default:
                throw part.UnknownType("BPE, Unigram, WordPiece, WordLevel");
        }
    }

    private static void ReadTokens(JsonPart part, Vocabulary tokens)
    {
        foreach (var entry in part.Members("vocab"))
        {
            if (tokens.IdOf(entry.Name) is not null)
            {
                throw part.Error($"has the token '{OneLine.Of(entry.Name)}' twice: restore the file from where the model came from");
            }

            tokens.Add(part, entry.Name, entry.Value);
        }
    }
}
