using System.Buffers;
using System.Text;

namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Joins what belongs together and came in two chunks: the halves of a surrogate pair, and the bytes of a character. What stays without its
/// other half becomes U+FFFD, as wherever UTF-8 is read.
/// </summary>
internal sealed class TextJoiner
{
    /// <summary>A lone surrogate from here on stands for a byte that was no UTF-8: <c>Bytes + 0x80</c> to <c>Bytes + 0xFF</c>.</summary>
    public const int Bytes = 0xDC00;

    private string _held = "";

    /// <summary>Takes the next text.</summary>
    /// <returns>What of it is clear.</returns>
    public string Next(string text)
    {
        if (_held.Length == 0 && !HasSurrogate(text))
        {
            return text;
        }

        text = _held + text;
        var end = Open(text);
        _held = text[end..];
        return Mend(text[..end]);
    }

    /// <summary>What is held back when the text has ended.</summary>
    public string Rest()
    {
        var rest = Mend(_held);
        _held = "";
        return rest;
    }

    private static bool HasSurrogate(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    /// <summary>Where what may still be completed begins: a high surrogate at the end, or the first bytes of a character.</summary>
    private static int Open(string text)
    {
        if (text.Length > 0 && char.IsHighSurrogate(text[^1]))
        {
            return text.Length - 1;
        }

        var start = text.Length;
        while (start > 0 && IsByte(text, start - 1) && !(start > 1 && char.IsHighSurrogate(text[start - 2])))
        {
            start--;
        }

        var bytes = BytesOf(text[start..]).AsSpan();
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.NeedMoreData)
            {
                break;
            }

            bytes = bytes[length..];
        }

        return text.Length - bytes.Length;
    }

    private static byte[] BytesOf(string text) => [.. text.Select(one => (byte)(one - Bytes))];

    private static bool IsByte(string text, int at) => text[at] is >= (char)(Bytes + 0x80) and <= (char)(Bytes + 0xFF);

    private static string Mend(string text)
    {
        if (!HasSurrogate(text))
        {
            return text;
        }

        var mended = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsSurrogate(text[i]))
            {
                mended.Append(text[i++]);
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                mended.Append(text, i, 2);
                i += 2;
            }
            else
            {
                var end = i;
                while (end < text.Length && IsByte(text, end))
                {
                    end++;
                }

                mended.Append(end > i ? Encoding.UTF8.GetString(BytesOf(text[i..end])) : "\uFFFD");
                i = Math.Max(end, i + 1);
            }
        }

        return mended.ToString();
    }
}
