using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// The stages of tokenizer.json, in the order that Hugging Face's tokenizers gives them: added tokens are found, the text between them is
/// normalized, cut into pieces, and each piece becomes ids by the model; the tokens that begin and end a text come last.
/// </summary>
internal sealed class PipelineTokenizer : ITextTokenizer
{
    /// <summary>All tokens, the model's and the added ones.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>The added tokens by their ids.</summary>
    public required IReadOnlyDictionary<int, AddedToken> Added { get; init; }

    /// <summary>Those that are found in the text as it is.</summary>
    public required AddedTokens Raw { get; init; }

    /// <summary>Those that are found in the normalized text.</summary>
    public required AddedTokens Normalized { get; init; }

    /// <summary>The normalizer.</summary>
    public required Func<string, string> Normalize { get; init; }

    /// <summary>The pre-tokenizer.</summary>
    public required Func<TextPiece, IEnumerable<TextPiece>> Cut { get; init; }

    /// <summary>The model.</summary>
    public required ITokenModel Model { get; init; }

    /// <summary>The id of the model's token for what has none; <see langword="null"/> where it has no such token.</summary>
    public required int? Unknown { get; init; }

    /// <summary>The ids that a text begins and ends with.</summary>
    public required (int[] Before, int[] After) Ends { get; init; }

    /// <summary>Begins the decoder.</summary>
    public required Func<DecodeChain> Decoder { get; init; }

    /// <inheritdoc/>
    public int? IdOf(string token) => Vocabulary.IdOf(token);

    /// <inheritdoc/>
    public List<int> Encode(Prompt prompt)
    {
        var text = Valid(prompt.Text);
        List<int> ids = new(text.Length / 3);
        ids.AddRange(prompt.HasEnds ? [] : Ends.Before);
        foreach (var (token, start, end) in Raw.Split(text, (token, at) => Counts(prompt, prompt.Contents, token, at)))
        {
            if (token is not null)
            {
                ids.Add(token.Id);
                continue;
            }

            EncodeBetween(prompt, text, start, end, ids);
        }

        ids.AddRange(prompt.HasEnds ? [] : Ends.After);
        return ids;
    }

    /// <inheritdoc/>
    public TokenText Write(bool markers) => new PipelineText(this, markers);

    private void EncodeBetween(Prompt prompt, string text, int start, int end, List<int> ids)
    {
        var part = Normalize(text[start..end]);
        List<(int, int)> contents =
        [
            .. prompt.Contents.Where(content => content.Start < end && content.End > start)
                .Select(content => (Place(Math.Max(content.Start, start)), Place(Math.Min(content.End, end)))),
        ];
        foreach (var (token, from, to) in Normalized.Split(part, (token, at) => Counts(prompt, contents, token, at)))
        {
            if (token is not null)
            {
                ids.Add(token.Id);
                continue;
            }

            foreach (var piece in Cut(new TextPiece(part[from..to], start == 0 && from == 0)))
            {
                EncodePiece(piece.Text, guarded: prompt.Contents.Count > 0, ids);
            }
        }

        // Where a place in the text is once it is normalized: behind what is before it.
        int Place(int at) => at == start ? 0 : Normalize(text[start..at]).Length;
    }

    // A model may have tokens that are special for those that its pieces make: a content must not come by them that way either.
    private void EncodePiece(string piece, bool guarded, List<int> ids)
    {
        var from = ids.Count;
        Model.Encode(piece, ids);
        if (!guarded || !ids.Skip(from).Any(IsControl))
        {
            return;
        }

        var made = ids.GetRange(from, ids.Count - from);
        ids.RemoveRange(from, made.Count);
        foreach (var id in made)
        {
            if (!IsControl(id))
            {
                ids.Add(id);
                continue;
            }

            List<int> single = [];
            foreach (var rune in Vocabulary[id]!.EnumerateRunes())
            {
                Model.Encode(rune.ToString(), single);
            }

            ids.AddRange(single.Where(one => !IsControl(one)));
        }
    }

    private bool IsControl(int id) => id != Unknown && Added.TryGetValue(id, out var token) && token.IsSpecial;

    private static bool Counts(Prompt prompt, IReadOnlyList<(int Start, int End)> contents, AddedToken token, int at) =>
        (!token.IsSpecial && !prompt.Marks.Contains(token.Content))
        || !contents.Any(content => content.Start < at + token.Content.Length && content.End > at);

    // Halves of surrogate pairs are no text: each becomes U+FFFD, so that places stay.
    private static string Valid(string text)
    {
        StringBuilder? valid = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }

            valid ??= new StringBuilder(text);
            valid[i] = '\uFFFD';
        }

        return valid?.ToString() ?? text;
    }
}
