using System.Globalization;
using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>Reads the pre-tokenizer of tokenizer.json: how a text is cut into pieces, each of which becomes tokens of its own.</summary>
internal static class PreTokenizerReader
{
    private const string Supported =
        "ByteLevel, Split, Metaspace, Whitespace, WhitespaceSplit, Digits, Punctuation, CharDelimiterSplit, BertPreTokenizer, Sequence";

    // What GPT-2 cuts a text by, which is what ByteLevel means where it cuts.
    private const string ByteLevelPattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Reads a pre-tokenizer.</summary>
    /// <exception cref="ModelLoadException">It is malformed or not supported.</exception>
    public static Func<TextPiece, IEnumerable<TextPiece>> Read(JsonPart? part)
    {
        if (part is not { } tokenizer)
        {
            return piece => [piece];
        }

        switch (tokenizer.Type)
        {
            case "Sequence":
                tokenizer.Only("pretokenizers");
                var steps = tokenizer.List("pretokenizers").ConvertAll(step => Read(step));
                return piece => steps.Aggregate((IEnumerable<TextPiece>)[piece], (pieces, step) => pieces.SelectMany(step));
            case "ByteLevel":
                return ByteLevel(tokenizer);
            case "Split":
                tokenizer.Only("pattern", "behavior", "invert");
                return Cut(PatternReader.Read(tokenizer), Behavior(tokenizer, absent: null), tokenizer.Flag("invert"));
            case "Metaspace":
                return Metaspace(tokenizer);
            case "Whitespace":
                tokenizer.Only();
                return Cut(Runs(rune => Rune.IsWhiteSpace(rune) ? 0 : IsWord(rune) ? 1 : 2), SplitBehavior.Removed, invert: true);
            case "WhitespaceSplit":
                tokenizer.Only();
                return Cut(Each(Rune.IsWhiteSpace), SplitBehavior.Removed);
            case "Digits":
                tokenizer.Only("individual_digits");
                return Cut(Each(Rune.IsNumber), tokenizer.Flag("individual_digits") ? SplitBehavior.Isolated : SplitBehavior.Contiguous);
            case "Punctuation":
                tokenizer.Only("behavior");
                return Cut(Each(IsPunctuation), Behavior(tokenizer, absent: "Isolated"));
            case "CharDelimiterSplit":
                tokenizer.Only("delimiter");
                var delimiter = tokenizer.Text("delimiter");
                return Cut(Each(rune => rune.ToString() == delimiter), SplitBehavior.Removed);
            case "BertPreTokenizer":
                tokenizer.Only();
                var words = Cut(Each(Rune.IsWhiteSpace), SplitBehavior.Removed);
                var marks = Cut(Each(IsPunctuation), SplitBehavior.Isolated);
                return piece => words(piece).SelectMany(marks);
            default:
                throw tokenizer.UnknownType(Supported);
        }
    }

    private static Func<TextPiece, IEnumerable<TextPiece>> ByteLevel(JsonPart part)
    {
        part.Only("add_prefix_space", "trim_offsets", "use_regex");
        var addsBlank = part.Flag("add_prefix_space", absent: true);
        var cut = part.Flag("use_regex", absent: true) ? Cut(new SplitPattern(ByteLevelPattern).Matches, SplitBehavior.Isolated) : piece => [piece];
        return piece => cut(addsBlank && !piece.Text.StartsWith(' ') ? piece with { Text = ' ' + piece.Text } : piece)
            .Select(one => one with { Text = ByteAlphabet.Write(one.Text) });
    }

    private static Func<TextPiece, IEnumerable<TextPiece>> Metaspace(JsonPart part)
    {
        part.Only("replacement", "prepend_scheme", "split", "add_prefix_space", "str_rep");
        var replacement = part.Text("replacement");
        if (replacement.Length != 1)
        {
            throw part.Error("must have one character as \"replacement\"");
        }

        // Older files say add_prefix_space instead.
        var scheme = part.OptionalText("prepend_scheme") ?? (part.Flag("add_prefix_space", absent: true) ? "always" : "never");
        if (scheme is not ("always" or "never" or "first"))
        {
            throw part.Unsupported($"the prepend_scheme {OneLine.Of(scheme)}", "use a model whose tokenizer has always, never or first");
        }

        var cut = part.Flag("split", absent: true)
            ? Cut(Each(rune => rune.Value == replacement[0]), SplitBehavior.MergedWithNext)
            : piece => [piece];
        return piece =>
        {
            var text = piece.Text.Replace(' ', replacement[0]);
            var prepends = (scheme == "always" || (scheme == "first" && piece.IsFirst)) && !text.StartsWith(replacement[0]);
            return cut(piece with { Text = prepends ? replacement + text : text });
        };
    }

    private static SplitBehavior Behavior(JsonPart part, string? absent) => (part.OptionalText("behavior") ?? absent) switch
    {
        "Removed" => SplitBehavior.Removed,
        "Isolated" => SplitBehavior.Isolated,
        "Contiguous" => SplitBehavior.Contiguous,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        _ => throw part.Unsupported("another \"behavior\"", "use a model whose tokenizer has Removed, Isolated, Contiguous, MergedWithPrevious or MergedWithNext"),
    };

    private static Func<TextPiece, IEnumerable<TextPiece>> Cut(Func<string, List<(int Start, int Length)>> find, SplitBehavior behavior, bool invert = false) =>
        piece => Splitter.Split(piece.Text.Length, find(piece.Text), behavior, invert)
            .Select(part => new TextPiece(piece.Text.Substring(part.Start, part.Length), piece.IsFirst && part.Start == 0));

    private static Func<string, List<(int Start, int Length)>> Each(Func<Rune, bool> found) => text =>
    {
        List<(int, int)> result = [];
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (found(rune))
            {
                result.Add((at, rune.Utf16SequenceLength));
            }

            at += rune.Utf16SequenceLength;
        }

        return result;
    };

    // The longest runs of one kind; those of kind 0 are not found.
    private static Func<string, List<(int Start, int Length)>> Runs(Func<Rune, int> kind) => text =>
    {
        List<(int Start, int Length)> result = [];
        var (at, last) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var (now, length) = (kind(rune), rune.Utf16SequenceLength);
            if (now != 0 && now == last)
            {
                result[^1] = (result[^1].Start, result[^1].Length + length);
            }
            else if (now != 0)
            {
                result.Add((at, length));
            }

            (at, last) = (at + length, now);
        }

        return result;
    };

    /// <summary>Whether a character is of a word: letters, marks, digits, connectors, and what else is alphabetic (UTS #18, Annex C).</summary>
    internal static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => true,
        _ => rune.Value is 0x200C or 0x200D or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189),
    };

    private static bool IsPunctuation(Rune rune) =>
        Rune.IsPunctuation(rune) || (rune.IsAscii && rune.Value is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~'));
}
