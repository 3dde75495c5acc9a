using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Text to token ids and back. Markers (tokenizer.json's added tokens) are cut out first, then a pattern cuts what lies between them into
/// pieces, and each piece is one token. Text that has a piece outside of the vocabulary is refused.
/// </summary>
/// <remarks>
/// Writing ids as text: two neighbours are written without a blank where neither has a letter and reading them back gives the same two
/// (<c>12+9-4</c>), and with a blank elsewhere (<c>tom has 12</c>, <c>17 21</c>).
/// </remarks>
internal sealed class WordLevelTokenizer : ITextTokenizer
{
    private readonly Dictionary<string, int> _vocabulary;
    private readonly string[] _pieces;
    private readonly Regex _pattern;
    private readonly Regex? _markers;
    private readonly bool[] _standsAlone;
    private readonly ConcurrentDictionary<(int Left, int Right), bool> _touching = new();
    private readonly Func<(int Left, int Right), bool> _canTouch;

    /// <summary>Creates a tokenizer.</summary>
    /// <param name="pieces">The pieces by id, markers included.</param>
    /// <param name="markers">The pieces that are found anywhere in a text, the longest first where several fit.</param>
    /// <param name="pattern">What a piece looks like.</param>
    public WordLevelTokenizer(string[] pieces, IReadOnlyCollection<string> markers, Regex pattern)
    {
        _pieces = pieces;
        _canTouch = CanTouch;
        _pattern = pattern;
        _vocabulary = new Dictionary<string, int>(pieces.Length, StringComparer.Ordinal);
        for (var id = 0; id < pieces.Length; id++)
        {
            _vocabulary.Add(pieces[id], id);
        }

        _markers = markers.Count == 0 ? null : new Regex(
            string.Join('|', markers.OrderByDescending(marker => marker.Length).ThenBy(marker => marker, StringComparer.Ordinal).Select(Regex.Escape)),
            RegexOptions.CultureInvariant);
        var special = markers.ToHashSet(StringComparer.Ordinal);
        _standsAlone = [.. pieces.Select(piece => special.Contains(piece) || piece.Any(char.IsLetter))];
    }

    /// <inheritdoc/>
    public int? IdOf(string token) => _vocabulary.TryGetValue(token, out var id) ? id : null;

    /// <inheritdoc/>
    public List<int> Encode(Prompt prompt) => Encode(prompt.Text);

    /// <inheritdoc/>
    public TokenText Write(bool markers) => new WordLevelText(this);

    /// <summary>The piece of an id.</summary>
    public string this[int id] => _pieces[id];

    /// <summary>Reads a text.</summary>
    /// <exception cref="PromptException">A piece of the text is not in the vocabulary.</exception>
    public List<int> Encode(string text)
    {
        List<int> ids = new(text.Length / 3);
        var from = 0;
        if (_markers is not null)
        {
            foreach (var marker in _markers.EnumerateMatches(text))
            {
                EncodePlain(text.AsSpan(from, marker.Index - from), ids);
                ids.Add(_vocabulary[text.Substring(marker.Index, marker.Length)]);
                from = marker.Index + marker.Length;
            }
        }

        EncodePlain(text.AsSpan(from), ids);
        return ids;
    }

    /// <summary>Whether a blank stands between two neighbours.</summary>
    public bool NeedsBlank(int left, int right) =>
        _standsAlone[left] || _standsAlone[right] || !_touching.GetOrAdd((left, right), _canTouch);

    private bool CanTouch((int Left, int Right) pair)
    {
        var text = _pieces[pair.Left] + _pieces[pair.Right];
        if (_markers?.IsMatch(text) == true)
        {
            return false;
        }

        var pieces = _pattern.EnumerateMatches(text);
        return pieces.MoveNext() && pieces.Current.Index == 0 && pieces.Current.Length == _pieces[pair.Left].Length
            && pieces.MoveNext() && pieces.Current.Length == _pieces[pair.Right].Length
            && !pieces.MoveNext();
    }

    private void EncodePlain(ReadOnlySpan<char> text, List<int> ids)
    {
        foreach (var match in _pattern.EnumerateMatches(text))
        {
            var piece = text.Slice(match.Index, match.Length);
            ids.Add(TryFind(piece, out var id)
                ? id
                : throw new PromptException($"'{OneLine.Of(piece.ToString())}' is not in the model's vocabulary."));
        }
    }

#if NET9_0_OR_GREATER
    private bool TryFind(ReadOnlySpan<char> piece, out int id) => _vocabulary.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(piece, out id);
#else
    private bool TryFind(ReadOnlySpan<char> piece, out int id) => _vocabulary.TryGetValue(piece.ToString(), out id);
#endif
}
