using System.Globalization;
using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>Reads the normalizer of tokenizer.json: what becomes of a text before it is cut.</summary>
internal static class NormalizerReader
{
    private const string Supported = "NFC, NFD, NFKC, NFKD, Lowercase, Replace, Prepend, Strip, StripAccents, BertNormalizer, Sequence";

    /// <summary>Reads a normalizer.</summary>
    /// <exception cref="ModelLoadException">It is malformed or not supported.</exception>
    public static Func<string, string> Read(JsonPart? part)
    {
        if (part is not { } normalizer)
        {
            return text => text;
        }

        switch (normalizer.Type)
        {
            case "Sequence":
                normalizer.Only("normalizers");
                var steps = normalizer.List("normalizers").ConvertAll(step => Read(step));
                return text => steps.Aggregate(text, (current, step) => step(current));
            case "NFC":
                return Form(normalizer, NormalizationForm.FormC);
            case "NFD":
                return Form(normalizer, NormalizationForm.FormD);
            case "NFKC":
                return Form(normalizer, NormalizationForm.FormKC);
            case "NFKD":
                return Form(normalizer, NormalizationForm.FormKD);
            case "Lowercase":
                normalizer.Only();
                return Lower;
            case "StripAccents":
                normalizer.Only();
                return text => Filter(text, rune => !IsMark(rune));
            case "Prepend":
                normalizer.Only("prepend");
                var prefix = normalizer.Text("prepend");
                return text => text.Length == 0 ? text : prefix + text;
            case "Strip":
                normalizer.Only("strip_left", "strip_right");
                var (left, right) = (normalizer.Flag("strip_left"), normalizer.Flag("strip_right"));
                return text => (left, right) switch
                {
                    (true, true) => text.Trim(),
                    (true, false) => text.TrimStart(),
                    (false, true) => text.TrimEnd(),
                    _ => text,
                };
            case "Replace":
                return Replacement(normalizer);
            case "BertNormalizer":
                return Bert(normalizer);
            default:
                throw normalizer.UnknownType(Supported);
        }
    }

    /// <summary>Reads a replacement, which decoders have too.</summary>
    /// <exception cref="ModelLoadException">It is malformed or not supported.</exception>
    public static Func<string, string> Replacement(JsonPart part)
    {
        part.Only("pattern", "content");
        var content = part.Text("content");
        var find = PatternReader.Read(part);
        return text =>
        {
            var found = find(text);
            if (found.Count == 0)
            {
                return text;
            }

            var result = new StringBuilder(text.Length);
            var at = 0;
            foreach (var (start, length) in found)
            {
                result.Append(text, at, start - at).Append(content);
                at = start + length;
            }

            return result.Append(text, at, text.Length - at).ToString();
        };
    }

    private static Func<string, string> Form(JsonPart part, NormalizationForm form)
    {
        part.Only();
        return text => NormalForms.Normalize(text, form);
    }

    // The only letter that becomes two is the capital I with a dot, which .NET leaves as it is.
    private static string Lower(string text) => text.ToLowerInvariant().Replace("\u0130", "i\u0307", StringComparison.Ordinal);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static Func<string, string> Bert(JsonPart part)
    {
        part.Only("clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
        var (clean, chinese, lower) = (part.Flag("clean_text", absent: true), part.Flag("handle_chinese_chars", absent: true), part.Flag("lowercase", absent: true));
        var accents = part.Flag("strip_accents", absent: lower);
        return text =>
        {
            text = clean ? Clean(text) : text;
            text = chinese ? Apart(text) : text;
            text = accents ? Filter(NormalForms.Normalize(text, NormalizationForm.FormD), rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark) : text;
            return lower ? Lower(text) : text;
        };
    }

    private static string Clean(string text)
    {
        var kept = Filter(text, rune => rune.Value is '\t' or '\n' or '\r' || (rune.Value is not (0 or 0xFFFD) && !IsControl(rune)));
        return string.Create(kept.Length, kept, (result, source) =>
        {
            for (var i = 0; i < result.Length; i++)
            {
                result[i] = char.IsWhiteSpace(source[i]) ? ' ' : source[i];
            }
        });
    }

    private static bool IsControl(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static string Apart(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = IsChinese(rune.Value) ? result.Append(' ').Append(rune).Append(' ') : result.Append(rune);
        }

        return result.ToString();
    }

    private static bool IsChinese(int code) => code
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    private static string Filter(string text, Func<Rune, bool> keep)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = keep(rune) ? result.Append(rune) : result;
        }

        return result.ToString();
    }
}
