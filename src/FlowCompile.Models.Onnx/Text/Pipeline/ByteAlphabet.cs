using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>The 256 characters by which byte-level tokenizers write bytes: printable ones stand for themselves, the others for U+0100 and up.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] s_characters = Make();
    private static readonly Dictionary<char, byte> s_bytes = Enumerable.Range(0, 256).ToDictionary(value => s_characters[value], value => (byte)value);

    /// <summary>Writes the UTF-8 of a text.</summary>
    public static string Write(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(bytes.Length, bytes, static (result, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                result[i] = s_characters[source[i]];
            }
        });
    }

    /// <summary>The bytes that a token stands for; its UTF-8 where one of its characters is none of the 256.</summary>
    public static byte[] Read(string token) => token.All(s_bytes.ContainsKey) ? [.. token.Select(character => s_bytes[character])] : Encoding.UTF8.GetBytes(token);

    private static char[] Make()
    {
        var (characters, next) = (new char[256], (char)256);
        for (var value = 0; value < 256; value++)
        {
            characters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : next++;
        }

        return characters;
    }
}
