using System.Globalization;
using System.Text;

namespace FlowCompile.Testing.Mutators;

/// <summary>Texts that somebody might put where a name is expected, of every category of Unicode.</summary>
public static class TextSamples
{
    private static readonly string[] s_known =
    [
        "", " ", "\t", "\n", "a\nb", "a\r\nb", "\0", "\u0085", "\u2028", "\u2029", "\u001b[31mred\u001b[0m", "\u001b]0;title\u0007", "\u009b31m", "\b\b\b", "\u202eevil", "\u200b", "\ufeff", "\u00ad",
        "\ud83d\ude00", "\U000e0041", "'", "\"", "\\", "*/", "*/ class X { } /*", "</summary>", "]]>", "{0}", "{{", "%s", "%00", "../../../etc/passwd", "/", "/dev/null", "C:\\con", "nul",
        "http://", "https://user:secret@host/", "true", "null", "NaN", "Infinity", "1e400", "-0", "nano@0", "nano@", "@0", "nano@-1", "nano@99999999999999999999", "nano@0@0", "a@b@1", "NANO@0", "nano @0", "nano@ 0", "nano@0 ", "nano@+1", "nano@1e1", "nano@\u0661",
        "*", "$schema", "id", "version", "\u0130", "\u0131", "\u212a", "e\u0301", "\ufb03", "\u1e9e", "\ud800", "\udc00x", "x\ud800",
    ];

    private static readonly int[][] s_categories = Categories();

    /// <summary>A text.</summary>
    /// <param name="random">The random numbers.</param>
    public static string Next(Random random)
    {
        switch (random.Next(20))
        {
            case < 9:
                return s_known[random.Next(s_known.Length)];
            case 9:
                return new string((char)('a' + random.Next(26)), random.Next(1, random.Next(10) == 0 ? 200_000 : 400));
            default:
                var text = new StringBuilder();
                for (var length = random.Next(1, 6); length > 0; length--)
                {
                    text.Append(Character(random));
                }

                return text.ToString();
        }
    }

    /// <summary>A character of a random category, possibly half of a surrogate pair.</summary>
    /// <param name="random">The random numbers.</param>
    public static string Character(Random random)
    {
        var category = s_categories[random.Next(s_categories.Length)];
        var value = category[random.Next(category.Length)];
        return value is >= 0xD800 and <= 0xDFFF ? ((char)value).ToString() : char.ConvertFromUtf32(value);
    }

    // At most a thousand characters of each category, spread evenly.
    private static int[][] Categories()
    {
        const int Most = 1000;
        return
        [
            .. Enumerable.Range(0, 0x110000)
                .GroupBy(CharUnicodeInfo.GetUnicodeCategory)
                .Select(group => group.ToArray())
                .Select(all => all.Length <= Most ? all : [.. Enumerable.Range(0, Most).Select(i => all[(long)i * all.Length / Most])]),
        ];
    }
}
