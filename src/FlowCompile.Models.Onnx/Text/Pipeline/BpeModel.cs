using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Byte pair encoding, which Microsoft.ML.Tokenizers does: the pair of neighbours that was learned first is merged, again and again. Around it
/// stands what that package does not do: characters without a token as their bytes (<c>byte_fallback</c>), pieces that are tokens as they are
/// (<c>ignore_merges</c>), and tokens with blanks.
/// </summary>
internal sealed class BpeModel : ITokenModel
{
    // Halves of surrogate pairs, which no text has alone: they stand for the bytes, and for the blank by which the package divides a merge.
    private const char FirstByte = '\uDC00';
    private const char Blank = '\uDD00';

    private readonly BpeTokenizer _tokenizer;
    private readonly Vocabulary? _whole;
    private readonly Vocabulary? _fallback;
    private readonly bool _hasBlanks;

    /// <summary>Reads the model.</summary>
    /// <param name="part">The model's part of tokenizer.json.</param>
    /// <param name="vocabulary">Its tokens.</param>
    /// <exception cref="ModelLoadException">It is malformed or not supported.</exception>
    public BpeModel(JsonPart part, Vocabulary vocabulary)
    {
        part.Only("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges");
        if (part.Has("dropout"))
        {
            throw part.Unsupported("a dropout", "set it to null, which is what it is for a model that is not trained");
        }

        if (!part.Has("merges"))
        {
            throw part.Error("is a BPE without \"merges\": restore the file from where the model came from");
        }

        var (prefix, suffix) = (part.OptionalText("continuing_subword_prefix"), part.OptionalText("end_of_word_suffix"));
        var bytes = part.Flag("byte_fallback");
        if (bytes && (prefix, suffix) is not (null or "", null or ""))
        {
            throw part.Unsupported("byte_fallback and a prefix or suffix of words", "use a model whose tokenizer has one of the two");
        }

        var unknown = part.OptionalText("unk_token");
        if (unknown is not null && vocabulary.IdOf(unknown) is null)
        {
            throw part.Error($"has the unk_token '{OneLine.Of(unknown)}', which is no token: restore the file from where the model came from");
        }

        _whole = part.Flag("ignore_merges") ? vocabulary : null;
        _fallback = bytes ? vocabulary : null;
        _hasBlanks = vocabulary.Ids.Keys.Any(token => token.Contains(' '));
        var byteNames = bytes ? Enumerable.Range(0, 256).ToDictionary(value => Vocabulary.NameOf((byte)value), value => $"{(char)(FirstByte + value)}") : [];
        string Own(string token) => byteNames.GetValueOrDefault(token) ?? (_hasBlanks ? token.Replace(' ', Blank) : token);
        try
        {
            _tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary.Ids.Select(entry => KeyValuePair.Create(Own(entry.Key), entry.Value)))
            {
                Merges = Merges(part, vocabulary, prefix ?? "").Select(merge => $"{Own(merge.Left)} {Own(merge.Right)}"),
                UnknownToken = unknown,
                FuseUnknownTokens = part.Flag("fuse_unk"),
                ContinuingSubwordPrefix = string.IsNullOrEmpty(prefix) ? null : prefix,
                EndOfWordSuffix = string.IsNullOrEmpty(suffix) ? null : suffix,
            });
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw part.Error($"is refused by Microsoft.ML.Tokenizers ({OneLine.Of(error.Message)}): restore the file from where the model came from");
        }
    }

    /// <inheritdoc/>
    public void Encode(string piece, List<int> ids)
    {
        if (_whole?.IdOf(piece) is { } id)
        {
            ids.Add(id);
            return;
        }

        piece = _fallback is null ? piece : WithBytes(piece, _fallback);
        piece = _hasBlanks ? piece.Replace(' ', Blank) : piece;
        ids.AddRange(_tokenizer.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false));
    }

    // Where a pair is there twice, the later one counts, as it does where the file comes from; the package would refuse it.
    private static IEnumerable<(string Left, string Right)> Merges(JsonPart part, Vocabulary vocabulary, string prefix)
    {
        List<(string Left, string Right)> merges = [];
        Dictionary<(string, string), int> places = [];
        foreach (var item in part.Items("merges"))
        {
            var merge = item.ValueKind switch
            {
                JsonValueKind.Array when item.GetArrayLength() == 2 && item[0].ValueKind == JsonValueKind.String && item[1].ValueKind == JsonValueKind.String =>
                    (Left: item[0].GetString()!, Right: item[1].GetString()!),
                JsonValueKind.String when item.GetString()!.Split(' ') is [{ Length: > 0 } left, { Length: > 0 } right] => (Left: left, Right: right),
                _ => throw part.Error($"has a merge that is no pair of tokens: {OneLine.Of(item.GetRawText())}: restore the file from where the model came from"),
            };
            var fits = merge.Right.StartsWith(prefix, StringComparison.Ordinal)
                && vocabulary.IdOf(merge.Left) is not null && vocabulary.IdOf(merge.Right) is not null
                && vocabulary.IdOf(merge.Left + merge.Right[prefix.Length..]) is not null;
            if (!fits)
            {
                throw part.Error(
                    $"merges '{OneLine.Of(merge.Left)}' and '{OneLine.Of(merge.Right)}', of which something is no token: restore the file from where the model came from");
            }

            places[merge] = merges.Count;
            merges.Add(merge);
        }

        return merges.Where((merge, place) => places[merge] == place);
    }

    private static string WithBytes(string piece, Vocabulary vocabulary)
    {
        StringBuilder? result = null;
        var at = 0;
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in piece.EnumerateRunes())
        {
            var character = piece.AsSpan(at, rune.Utf16SequenceLength);
            if (vocabulary.IdOf(character) is null && vocabulary.BytesOf(character) is not null)
            {
                result ??= new StringBuilder(piece, 0, at, piece.Length + 16);
                foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
                {
                    result.Append((char)(FirstByte + value));
                }
            }
            else
            {
                result?.Append(character);
            }

            at += rune.Utf16SequenceLength;
        }

        return result?.ToString() ?? piece;
    }
}
