namespace FlowCompile.Models.Onnx;

/// <summary>Reads the decoder of tokenizer.json: how ids become text.</summary>
internal static class DecoderReader
{
    private const string Supported = "ByteLevel, Metaspace, WordPiece, Replace, ByteFallback, Fuse, Strip, Sequence";

    // What English writes without the blank that is between tokens.
    private static readonly (string Apart, string Together)[] s_cleanup =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    /// <summary>Reads a decoder.</summary>
    /// <returns>Begins a text.</returns>
    /// <exception cref="ModelLoadException">It is malformed or not supported.</exception>
    public static Func<DecodeChain> Read(JsonPart? part)
    {
        List<Func<DecodeStep>> steps = [];
        if (part is { } decoder)
        {
            Read(decoder, steps, isFused: false);
        }
        else
        {
            steps.Add(() => new TokenStep((token, isFirst) => isFirst ? token : ' ' + token));
        }

        return () => new DecodeChain(steps.ConvertAll(make => make()));
    }

    // Whether the tokens before the next step are one.
    private static bool Read(JsonPart part, List<Func<DecodeStep>> steps, bool isFused)
    {
        switch (part.Type)
        {
            case "Sequence":
                part.Only("decoders");
                foreach (var step in part.List("decoders"))
                {
                    isFused = Read(step, steps, isFused);
                }

                return isFused;
            case "Fuse":
                part.Only();
                return true;
            case "ByteLevel":
                part.Only("add_prefix_space", "trim_offsets", "use_regex");
                steps.Add(() => new ByteLevelStep());
                return true;
        }

        if (isFused && part.Type != "Strip")
        {
            throw part.Unsupported("a step behind the one that makes all tokens one", "use a model whose tokenizer has only Strip there");
        }

        switch (part.Type)
        {
            case "ByteFallback":
                part.Only();
                steps.Add(() => new ByteFallbackStep());
                break;
            case "Replace":
                var replace = NormalizerReader.Replacement(part);
                steps.Add(() => new TokenStep((token, _) => replace(token)));
                break;
            case "Metaspace":
                part.Only("replacement", "prepend_scheme", "split", "add_prefix_space", "str_rep");
                var (replacement, never) = (part.Text("replacement"), part.OptionalText("prepend_scheme") == "never" || !part.Flag("add_prefix_space", absent: true));
                steps.Add(() => new TokenStep((token, isFirst) => token.Replace(replacement, isFirst && !never ? "" : " ", StringComparison.Ordinal)));
                break;
            case "WordPiece":
                part.Only("prefix", "cleanup");
                var (prefix, cleanup) = (part.Text("prefix"), part.Flag("cleanup", absent: true));
                steps.Add(() => new TokenStep((token, isFirst) => Word(token, isFirst, prefix, cleanup)));
                break;
            case "Strip":
                Strip(part, steps, isFused);
                break;
            default:
                throw part.UnknownType(Supported);
        }

        return isFused;
    }

    private static void Strip(JsonPart part, List<Func<DecodeStep>> steps, bool isFused)
    {
        part.Only("content", "start", "stop");
        var (content, start, stop) = (part.Text("content"), part.Number("start") ?? 0, part.Number("stop") ?? 0);
        if (content.Length != 1 || stop != 0)
        {
            throw part.Unsupported("a \"content\" of several characters or a \"stop\" above 0", "use a model whose tokenizer does without");
        }

        steps.Add(isFused
            ? () => new StripStartStep(content[0], start)
            : () => new TokenStep((token, _) => new StripStartStep(content[0], start).Add(token).Single()));
    }

    private static string Word(string token, bool isFirst, string prefix, bool cleanup)
    {
        token = isFirst ? token : token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : ' ' + token;
        return cleanup ? s_cleanup.Aggregate(token, (text, pair) => text.Replace(pair.Apart, pair.Together, StringComparison.Ordinal)) : token;
    }
}
