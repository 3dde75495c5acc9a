using System.Globalization;

namespace FlowCompile.Generators.Tests.Hostile;

/// <summary>Every character of the categories Cc, Cf, Zl and Zp, halves of surrogate pairs, and what somebody would try to end a text with.</summary>
internal static class HiddenCharacters
{
    /// <summary>A class with a module initializer, after whatever ends a comment.</summary>
    public const string Injection = "*/ internal static class Injected { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Run() => throw new System.Exception(); } //";

    /// <summary>The characters, each as text.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Enumerable.Range(0, 0x110000).Where(code => code is < 0xD800 or > 0xDFFF).Where(code => CharUnicodeInfo.GetUnicodeCategory(code)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator).Select(char.ConvertFromUtf32),
        "\uD800", "\uDBFF", "\uDC00", "\uDFFF", "\uFFFE", "\uFFFF",
    ];

    /// <summary>All of them in one text, each with what it would let through.</summary>
    public static string Text { get; } = string.Concat(All.Select(hidden => $"a{hidden}{Injection}{hidden}")) + "\" + '\" \\ </summary> ]]> & {0} {x} @\" $\" \"\"\" #if X";

    /// <summary>A text of characters from all of Unicode, halves of pairs included.</summary>
    public static string Random(Random random, bool withHidden)
    {
        var length = random.Next(1, 40);
        while (true)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(6) switch
            {
                0 => ((char)random.Next(0x80)).ToString(),
                1 => ((char)random.Next(0x10000)).ToString(),
                2 => char.ConvertFromUtf32(random.Next(0x10000, 0x110000)),
                3 => All[random.Next(All.Count)],
                4 => "\"'\\/*<>&{}@#$%;\0"[random.Next(15)].ToString(),
                _ => ((char)('a' + random.Next(26))).ToString(),
            }).Where(one => withHidden || FlowCompile.Text.OutsideText.IndexOfHidden(one) < 0));
            if (text.Length > 0 && (withHidden || FlowCompile.Text.OutsideText.IndexOfHidden(text) < 0))
            {
                return text;
            }
        }
    }
}
