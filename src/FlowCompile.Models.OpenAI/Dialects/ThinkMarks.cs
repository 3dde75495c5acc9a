namespace FlowCompile.Models.OpenAI;

/// <summary>
/// The marks that are looked for: those of the settings, and those that models are known to write. Upper and lower case count alike, and a blank
/// within the brackets of an element does not count: <c>&lt; think &gt;</c>.
/// </summary>
internal sealed class ThinkMarks
{
    private static readonly MarkPair[] s_known =
    [
        new("<think>", "</think>"),
        new("<thinking>", "</thinking>"),
        new("<thought>", "</thought>"),
        new("<thoughts>", "</thoughts>"),
        new("<reasoning>", "</reasoning>"),
        new("<reason>", "</reason>"),
        new("<reflection>", "</reflection>"),
        new("<scratchpad>", "</scratchpad>"),
        new("<antthinking>", "</antthinking>"),
        new("<seed:think>", "</seed:think>"),
        new("<mm:think>", "</mm:think>"),
        new("<longcat_think>", "</longcat_think>"),
        new("<|think|>", "<|/think|>"),
        new("<|thinking|>", "<|/thinking|>"),
        new("[THINK]", "[/THINK]"),
        new("[THINKING]", "[/THINKING]"),
        new("[REASONING]", "[/REASONING]"),
        new("◁think▷", "◁/think▷"),
        new("<|START_THINKING|>", "<|END_THINKING|>"),
        new("<|begin_of_thought|>", "<|end_of_thought|>"),
        new("<|begin_of_thinking|>", "<|end_of_thinking|>"),
        new("<|channel>thought", "<channel|>"),
    ];

    // What some models put around the answer, where they put marks around the thinking; and the beginnings of a turn, which a template should have kept.
    private static readonly string[] s_wraps =
    [
        "<|START_RESPONSE|>", "<|END_RESPONSE|>", "<|begin_of_solution|>", "<|end_of_solution|>",
        "<|im_start|>assistant", "<|start_header_id|>assistant<|end_header_id|>", "<start_of_turn>model",
    ];

    // Blanks that may be in a mark: behind the bracket, behind the slash and before the other bracket.
    private const int MostBlanks = 3;

    private readonly MarkPair[] _pairs;
    private readonly char[] _first;
    private readonly int _longest;

    public ThinkMarks(string start, string end)
    {
        _pairs = [new MarkPair(start, end), .. s_known.Where(pair => !pair.Start.Equals(start, StringComparison.OrdinalIgnoreCase))];
        _first = [.. _pairs.SelectMany(pair => (char[])[pair.Start[0], pair.End[0]]).Append('<').SelectMany(one => (char[])[char.ToLowerInvariant(one), char.ToUpperInvariant(one)]).Distinct()];
        _longest = _pairs.Max(pair => Math.Max(pair.Start.Length, pair.End.Length)) + MostBlanks;
    }

    /// <summary>What some models put around the answer behind their thinking; it belongs to neither.</summary>
    public static IReadOnlyList<string> Wraps => s_wraps;

    /// <summary>The next mark.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin.</param>
    public Mark? Next(string text, int from)
    {
        for (var at = Candidate(text, from); at >= 0; at = Candidate(text, at + 1))
        {
            if (At(text, at) is { } mark)
            {
                return mark;
            }
        }

        return null;
    }

    /// <summary>All marks, as far as there are not too many of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">After how many more than that it ends.</param>
    public List<Mark> All(string text, int most)
    {
        List<Mark> marks = [];
        for (var from = 0; marks.Count <= most && Next(text, from) is { } mark; from = mark.End)
        {
            marks.Add(mark);
        }

        return marks;
    }

    /// <summary>How much of a text's end may be the beginning of a mark or of a channel's header.</summary>
    public int OpenEnd(string text)
    {
        for (var length = Math.Min(Math.Max(_longest, Channels.Longest) - 1, text.Length); length > 0; length--)
        {
            var end = text.AsSpan(text.Length - length);
            if (Array.IndexOf(_first, end[0]) >= 0 && (BeginsAMark(end) || Channels.MayBegin(end)))
            {
                return length;
            }
        }

        return 0;
    }

    private int Candidate(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny(_first);
        return at < 0 ? -1 : from + at;
    }

    // The longest that fits: one mark may begin with another.
    private Mark? At(string text, int at)
    {
        Mark? found = null;
        foreach (var pair in _pairs)
        {
            var (opens, closes) = (Length(text.AsSpan(at), pair.Start), Length(text.AsSpan(at), pair.End));
            var length = opens > 0 ? opens : closes;
            if (length > (found?.Length ?? 0))
            {
                found = new Mark(at, length, pair, opens > 0, closes == length);
            }
        }

        return found;
    }

    /// <summary>How much of a text's beginning is a mark: 0 where it is none, -1 where the text ends within it.</summary>
    private static int Length(ReadOnlySpan<char> text, string mark)
    {
        var isElement = mark.Length > 2 && mark[0] == '<' && mark[^1] == '>' && (mark[1] == '/' || char.IsLetter(mark[1]));
        var at = 0;
        for (var i = 0; i < mark.Length; i++)
        {
            var mayBeBlank = isElement && (i == 1 || (i > 1 && mark[i - 1] == '/') || i == mark.Length - 1);
            at += mayBeBlank && at < text.Length && text[at] == ' ' ? 1 : 0;
            if (at == text.Length)
            {
                return -1;
            }

            if (char.ToUpperInvariant(text[at++]) != char.ToUpperInvariant(mark[i]))
            {
                return 0;
            }
        }

        return at;
    }

    private bool BeginsAMark(ReadOnlySpan<char> end)
    {
        foreach (var pair in _pairs)
        {
            var (opens, closes) = (Length(end, pair.Start), Length(end, pair.End));
            if (opens < 0 || closes < 0 || opens == end.Length || closes == end.Length)
            {
                return true;
            }
        }

        return false;
    }
}
