using System.Text;
using Microsoft.ML.Tokenizers;

namespace FlowCompile.Models.Onnx;

/// <summary>WordPiece, which Microsoft.ML.Tokenizers does: the longest token that a word begins with, then the longest that goes on, and so on.</summary>
internal sealed class WordPieceModel : ITokenModel
{
    private readonly WordPieceTokenizer _tokenizer;
    private readonly int _unknown;
    private readonly int _longest;

    /// <summary>Reads the model.</summary>
    /// <param name="part">The model's part of tokenizer.json.</param>
    /// <param name="vocabulary">Its tokens.</param>
    /// <param name="size">How many ids there are.</param>
    /// <exception cref="ModelLoadException">It is malformed or not supported.</exception>
    public WordPieceModel(JsonPart part, Vocabulary vocabulary, int size)
    {
        part.Only("unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab");
        var unknown = part.Text("unk_token");
        _unknown = vocabulary.IdOf(unknown) ?? throw part.Error($"has the unk_token '{OneLine.Of(unknown)}', which is no token: restore the file from where the model came from");
        _longest = part.Number("max_input_chars_per_word") ?? 100;

        // The package reads the tokens from lines, the ids being their numbers.
        if (vocabulary.Ids.Keys.FirstOrDefault(token => token.AsSpan().IndexOfAny('\n', '\r') >= 0) is { } broken)
        {
            throw part.Unsupported($"a token with a line break ('{OneLine.Of(broken)}')", "use a model whose tokenizer does without");
        }

        var lines = string.Join('\n', Enumerable.Range(0, size).Select(id => vocabulary[id] ?? ""));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        _tokenizer = WordPieceTokenizer.Create(stream, new WordPieceOptions
        {
            UnknownToken = unknown,
            ContinuingSubwordPrefix = part.OptionalText("continuing_subword_prefix") ?? "##",

            // It counts halves of surrogate pairs.
            MaxInputCharsPerWord = Math.Max(2, Math.Min(_longest, 1 << 16) * 2),
        });
    }

    /// <inheritdoc/>
    public void Encode(string piece, List<int> ids)
    {
        if (piece.EnumerateRunes().Count() > _longest)
        {
            ids.Add(_unknown);
            return;
        }

        ids.AddRange(_tokenizer.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false));
    }
}
