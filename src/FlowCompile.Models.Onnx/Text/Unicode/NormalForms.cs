using System.Globalization;
using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// The normalization forms of Unicode (UAX #15), from a table of our own: <see cref="string.Normalize()"/> does nothing in a program with
/// invariant globalization, and ids must not depend on how a program is built.
/// </summary>
internal sealed class NormalForms
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28;

    private static readonly Lazy<NormalForms> s_instance = new(() => new NormalForms());

    private readonly Dictionary<int, (int[] Mapping, bool IsCompatibility)> _mappings = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];
    private readonly Dictionary<int, byte> _classes = [];

    private NormalForms()
    {
        using var stream = typeof(NormalForms).Assembly.GetManifestResourceStream("FlowCompile.Models.Onnx.decompositions.txt")!;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                Add(line);
            }
        }
    }

    /// <summary>Writes a text in a normalization form.</summary>
    /// <param name="text">The text, without halves of surrogate pairs.</param>
    /// <param name="form">The form.</param>
    public static string Normalize(string text, NormalizationForm form)
    {
        var compatibility = form is NormalizationForm.FormKC or NormalizationForm.FormKD;
        var compose = form is NormalizationForm.FormC or NormalizationForm.FormKC;

        // Below these nothing has a mapping or a combining class.
        var first = compatibility ? '\u00A0' : compose ? '\u0300' : '\u00C0';
        return text.AsSpan().IndexOfAnyInRange(first, '\uFFFF') < 0 ? text : s_instance.Value.Normalize(text, compatibility, compose);
    }

    private string Normalize(string text, bool compatibility, bool compose)
    {
        List<int> codes = new(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, compatibility, codes);
        }

        Order(codes);
        if (compose)
        {
            Compose(codes);
        }

        var result = new StringBuilder(codes.Count);
        foreach (var code in codes)
        {
            result.Append(new Rune(code));
        }

        return result.ToString();
    }

    private void Decompose(int code, bool compatibility, List<int> codes)
    {
        if (code - HangulBase is >= 0 and < Leads * Vowels * Trails and var syllable)
        {
            codes.Add(LeadBase + (syllable / (Vowels * Trails)));
            codes.Add(VowelBase + (syllable % (Vowels * Trails) / Trails));
            if (syllable % Trails is > 0 and var trail)
            {
                codes.Add(TrailBase + trail);
            }
        }
        else if (_mappings.TryGetValue(code, out var entry) && (compatibility || !entry.IsCompatibility))
        {
            foreach (var part in entry.Mapping)
            {
                Decompose(part, compatibility, codes);
            }
        }
        else
        {
            codes.Add(code);
        }
    }

    // The canonical order: marks behind a starter by their classes, those of one class as they are.
    private void Order(List<int> codes)
    {
        for (var start = 0; start < codes.Count; start++)
        {
            var end = start;
            while (end < codes.Count && Class(codes[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var sorted = codes.GetRange(start, end - start).OrderBy(Class).ToArray();
                for (var i = 0; i < sorted.Length; i++)
                {
                    codes[start + i] = sorted[i];
                }
            }

            start = Math.Max(start, end - 1);
        }
    }

    private void Compose(List<int> codes)
    {
        var (starter, lastClass, kept) = (-1, -1, 0);
        for (var i = 0; i < codes.Count; i++)
        {
            var (code, cls) = (codes[i], Class(codes[i]));

            // A mark is blocked from its starter by one of the same or a higher class between them.
            if (starter >= 0 && lastClass < cls && TryCompose(codes[starter], code, out var composed))
            {
                codes[starter] = composed;
                continue;
            }

            if (cls == 0)
            {
                (starter, lastClass) = (kept, -1);
            }
            else
            {
                lastClass = cls;
            }

            codes[kept++] = code;
        }

        codes.RemoveRange(kept, codes.Count - kept);
    }

    private bool TryCompose(int first, int second, out int composed)
    {
        if (first - LeadBase is >= 0 and < Leads and var lead && second - VowelBase is >= 0 and < Vowels and var vowel)
        {
            composed = HangulBase + (((lead * Vowels) + vowel) * Trails);
            return true;
        }

        if (first - HangulBase is >= 0 and < Leads * Vowels * Trails and var syllable && syllable % Trails == 0
            && second - TrailBase is > 0 and < Trails and var trail)
        {
            composed = first + trail;
            return true;
        }

        return _compositions.TryGetValue((first, second), out composed);
    }

    private byte Class(int code) => _classes.GetValueOrDefault(code);

    private void Add(string line)
    {
        if (line.Split('=') is [var range, var value])
        {
            var ends = range.Split('-');
            for (var code = Hex(ends[0]); code <= Hex(ends[1]); code++)
            {
                _classes.Add(code, byte.Parse(value, CultureInfo.InvariantCulture));
            }

            return;
        }

        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        var (composite, text) = (Hex(line[..blank]), line[(blank + 1)..]);
        int[] mapping = [.. text.TrimStart('~', '!').Split(' ').Select(Hex)];
        _mappings.Add(composite, (mapping, text[0] == '~'));
        if (text[0] is not ('~' or '!') && mapping.Length == 2)
        {
            _compositions.Add((mapping[0], mapping[1]), composite);
        }
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
