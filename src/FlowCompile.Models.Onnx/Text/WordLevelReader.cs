using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Reads tokenizer.json where it is of the kind that <see cref="WordLevelTokenizer"/> does: added tokens, a Split by a pattern that says what
/// pieces look like, and a WordLevel vocabulary. Anything else is refused by name: a tokenizer that is nearly right gives answers that are wrong.
/// </summary>
internal static class WordLevelReader
{
    private static readonly string[] s_unsupportedStages = ["normalizer", "post_processor", "decoder", "truncation", "padding"];
    private static readonly string[] s_unsupportedMarkerFlags = ["single_word", "lstrip", "rstrip"];

    /// <summary>Reads the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="config">What the network needs.</param>
    /// <exception cref="ModelLoadException">The file is malformed, of another kind, or does not fit the model.</exception>
    public static WordLevelTokenizer Read(JsonFile file, ModelConfig config)
    {
        foreach (var stage in s_unsupportedStages)
        {
            if (JsonFile.TryGet(file.Root, stage, out _))
            {
                throw Unsupported(file, $"a \"{stage}\"", "null");
            }
        }

        var pattern = ReadPattern(file);
        var pieces = new string?[config.VocabularySize];
        ReadVocabulary(file, pieces);
        var markers = ReadMarkers(file, pieces);
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var id = 0; id < pieces.Length; id++)
        {
            if (pieces[id] is null)
            {
                throw file.Error($"id {id} has no token, and {ModelFolder.Config} says vocab_size {pieces.Length}: the two files are not of the same model");
            }

            if (!seen.Add(pieces[id]!))
            {
                throw file.Error($"token '{OneLine.Of(pieces[id]!)}' has two ids, {id} and {Array.IndexOf(pieces, pieces[id])}");
            }
        }

        return new WordLevelTokenizer(pieces!, markers, pattern);
    }

    private static Regex ReadPattern(JsonFile file)
    {
        var split = Section(file, "pre_tokenizer", "Split");
        if (Text(split, "behavior") != "Removed" || !JsonFile.TryGet(split, "invert", out var invert) || invert.ValueKind != JsonValueKind.True)
        {
            throw Unsupported(
                file, $"a Split with behavior {Shown(Text(split, "behavior"))} that is not inverted to say what pieces look like",
                "behavior Removed with invert true");
        }

        if (!JsonFile.TryGet(split, "pattern", out var pattern)
            || pattern.ValueKind != JsonValueKind.Object
            || Text(pattern, "Regex") is not { } expression)
        {
            throw Unsupported(file, "a Split by something other than a Regex", "a Regex");
        }

        try
        {
            // The pattern comes from outside: no backtracking, so that no text can make it run away.
            return new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw file.Error($"the pattern of pre_tokenizer does not work here: {OneLine.Of(error.Message)}");
        }
    }

    private static void ReadVocabulary(JsonFile file, string?[] pieces)
    {
        var model = Section(file, "model", "WordLevel");
        if (!JsonFile.TryGet(model, "vocab", out var vocabulary) || vocabulary.ValueKind != JsonValueKind.Object)
        {
            throw file.Error("\"model\" has no \"vocab\"");
        }

        foreach (var entry in vocabulary.EnumerateObject())
        {
            Put(file, pieces, entry.Name, entry.Value);
        }
    }

    private static HashSet<string> ReadMarkers(JsonFile file, string?[] pieces)
    {
        HashSet<string> markers = new(StringComparer.Ordinal);
        if (!JsonFile.TryGet(file.Root, "added_tokens", out var tokens))
        {
            return markers;
        }

        if (tokens.ValueKind != JsonValueKind.Array)
        {
            throw file.Error("\"added_tokens\" must be a list");
        }

        foreach (var token in tokens.EnumerateArray())
        {
            if (token.ValueKind != JsonValueKind.Object || Text(token, "content") is not { Length: > 0 } content)
            {
                throw file.Error("an entry of \"added_tokens\" has no \"content\"");
            }

            foreach (var flag in s_unsupportedMarkerFlags)
            {
                if (JsonFile.TryGet(token, flag, out var value) && value.ValueKind != JsonValueKind.False)
                {
                    throw Unsupported(file, $"added token '{OneLine.Of(content)}' with {flag}", $"{flag} false");
                }
            }

            if (!token.TryGetProperty("id", out var id))
            {
                throw file.Error($"added token '{OneLine.Of(content)}' has no \"id\"");
            }

            Put(file, pieces, content, id);
            markers.Add(content);
        }

        return markers;
    }

    // The same token may stand in the vocabulary and among the added tokens, under one id.
    private static void Put(JsonFile file, string?[] pieces, string piece, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var id) || id < 0 || id >= pieces.Length)
        {
            throw file.Error(
                $"token '{OneLine.Of(piece)}' has id {OneLine.Of(value.GetRawText())}, outside of 0 to {pieces.Length - 1} that {ModelFolder.Config} allows: the two files are not of the same model");
        }

        if (pieces[id] is { } other && other != piece)
        {
            throw file.Error($"id {id} stands for two tokens, '{OneLine.Of(other)}' and '{OneLine.Of(piece)}'");
        }

        pieces[id] = piece;
    }

    private static JsonElement Section(JsonFile file, string name, string type)
    {
        if (!JsonFile.TryGet(file.Root, name, out var section) || section.ValueKind != JsonValueKind.Object)
        {
            throw Unsupported(file, $"no \"{name}\"", $"one of type {type}");
        }

        var actual = Text(section, "type");
        return actual == type ? section : throw Unsupported(file, $"a \"{name}\" of type {Shown(actual)}", type);
    }

    private static string? Text(JsonElement parent, string property) =>
        JsonFile.TryGet(parent, property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Shown(string? text) => text is null ? "(none)" : OneLine.Of(text);

    private static ModelLoadException Unsupported(JsonFile file, string what, string supported) =>
        file.Error($"the tokenizer has {what}, which is not supported: {supported} is");
}
