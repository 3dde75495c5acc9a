using System.Text.Json;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Unigram: of all ways to write a piece in tokens, the one whose scores have the largest sum (Viterbi). Microsoft.ML.Tokenizers reads such a
/// model from SentencePiece's own file only, and adds in single precision, which decides near ties otherwise than where tokenizer.json comes from.
/// </summary>
internal sealed class UnigramModel : ITokenModel
{
    // What a character without a token costs beyond the least likely token.
    private const double UnknownPenalty = 10;

    private readonly Vocabulary _vocabulary;
    private readonly double[] _scores;
    private readonly double _unknownScore;
    private readonly int? _unknown;
    private readonly int _longest;
    private readonly bool _bytes;

    /// <summary>Reads the model.</summary>
    /// <param name="part">The model's part of tokenizer.json.</param>
    /// <param name="vocabulary">Where its tokens go.</param>
    /// <exception cref="ModelLoadException">It is malformed or not supported.</exception>
    public UnigramModel(JsonPart part, Vocabulary vocabulary)
    {
        part.Only("unk_id", "vocab", "byte_fallback");
        _vocabulary = vocabulary;
        List<double> scores = [];
        foreach (var item in part.Items("vocab"))
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != 2 || item[0].ValueKind != JsonValueKind.String
                || item[1].ValueKind != JsonValueKind.Number || !item[1].TryGetDouble(out var score) || !double.IsFinite(score))
            {
                throw part.Error($"has a token that is no text with a number: {OneLine.Of(item.GetRawText())}: restore the file from where the model came from");
            }

            var token = item[0].GetString()!;
            vocabulary.Add(part, token, scores.Count);
            scores.Add(score);
            _longest = Math.Max(_longest, token.Length);
        }

        _scores = [.. scores];
        _unknown = part.Number("unk_id");
        if (_scores.Length == 0 || _unknown >= _scores.Length)
        {
            throw part.Error("has no tokens, or an unk_id that is none: restore the file from where the model came from");
        }

        _unknownScore = _scores.Min() - UnknownPenalty;
        _bytes = part.Flag("byte_fallback");
    }

    /// <inheritdoc/>
    /// <exception cref="PromptException">A character has no token, and there is none for unknown ones.</exception>
    public void Encode(string piece, List<int> ids)
    {
        // The best way to each place: where its last token begins, that token (-1 for none), and the sum of the scores.
        var best = new (int Start, int Id, double Score)[piece.Length + 1];
        Array.Fill(best, (-1, -1, 0));
        for (var at = 0; at < piece.Length; at += CharacterAt(piece, at))
        {
            var single = CharacterAt(piece, at);
            var hasSingle = false;
            for (var length = 1; length <= Math.Min(_longest, piece.Length - at); length++)
            {
                if (_vocabulary.IdOf(piece.AsSpan(at, length)) is { } id)
                {
                    Offer(at, length, id, _scores[id]);
                    hasSingle |= length == single;
                }
            }

            if (!hasSingle)
            {
                Offer(at, single, -1, _unknownScore);
            }
        }

        Write(piece, best, ids);

        void Offer(int at, int length, int id, double score)
        {
            var sum = score + best[at].Score;
            ref var place = ref best[at + length];
            if (place.Start < 0 || sum > place.Score)
            {
                place = (at, id, sum);
            }
        }
    }

    private void Write(string piece, (int Start, int Id, double Score)[] best, List<int> ids)
    {
        List<(int Start, int End, int Id)> way = [];
        for (var end = piece.Length; end > 0; end = best[end].Start)
        {
            // Neighbours without a token are one.
            var id = best[end].Id == _unknown ? -1 : best[end].Id;
            if (id < 0 && way.Count > 0 && way[^1].Id < 0)
            {
                way[^1] = (best[end].Start, way[^1].End, -1);
            }
            else
            {
                way.Add((best[end].Start, end, id));
            }
        }

        for (var i = way.Count - 1; i >= 0; i--)
        {
            var (start, end, id) = way[i];
            var text = piece.AsSpan(start, end - start);
            if (id >= 0 || _vocabulary.IdOf(text) is { } found && (id = found) >= 0)
            {
                ids.Add(id);
            }
            else if (_bytes && _vocabulary.BytesOf(text) is { } bytes)
            {
                ids.AddRange(bytes);
            }
            else
            {
                ids.Add(_unknown ?? throw new PromptException($"'{OneLine.Of(text.ToString())}' is not in the model's vocabulary."));
            }
        }
    }

    private static int CharacterAt(string text, int at) => char.IsHighSurrogate(text[at]) ? 2 : 1;
}
