using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>Finds added tokens in a text: the leftmost first, and of several there the longest.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;

    /// <summary>Creates the finder.</summary>
    public AddedTokens(IEnumerable<AddedToken> tokens) => _byFirst = tokens
        .GroupBy(token => token.Content[0])
        .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());

    /// <summary>Cuts a text at the tokens in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="counts">Whether a token counts where it is found.</param>
    /// <returns>The parts in order, each a token's or, with <see langword="null"/>, text between; text is never empty.</returns>
    public List<(AddedToken? Token, int Start, int End)> Split(string text, Func<AddedToken, int, bool> counts)
    {
        List<(AddedToken?, int, int)> parts = [];
        var done = 0;
        for (var at = 0; at < text.Length;)
        {
            if (Find(text, at, counts) is not { } token)
            {
                at++;
                continue;
            }

            var (start, end) = (at, at + token.Content.Length);
            at = end;
            if (token.IsWord && (EndsWithWord(text.AsSpan(0, start)) || BeginsWithWord(text.AsSpan(end))))
            {
                continue;
            }

            start = Math.Max(done, token.TakesLeft ? text.AsSpan(0, start).TrimEnd().Length : start);
            end = token.TakesRight ? text.Length - text.AsSpan(end).TrimStart().Length : end;
            if (start > done)
            {
                parts.Add((null, done, start));
            }

            parts.Add((token, start, end));
            done = end;
            at = Math.Max(at, done);
        }

        if (done < text.Length)
        {
            parts.Add((null, done, text.Length));
        }

        return parts;
    }

    private AddedToken? Find(string text, int at, Func<AddedToken, int, bool> counts) => _byFirst.TryGetValue(text[at], out var tokens)
        ? Array.Find(tokens, token => text.AsSpan(at).StartsWith(token.Content, StringComparison.Ordinal) && counts(token, at))
        : null;

    private static bool EndsWithWord(ReadOnlySpan<char> text) => Rune.DecodeLastFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && PreTokenizerReader.IsWord(rune);

    private static bool BeginsWithWord(ReadOnlySpan<char> text) => Rune.DecodeFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && PreTokenizerReader.IsWord(rune);
}
