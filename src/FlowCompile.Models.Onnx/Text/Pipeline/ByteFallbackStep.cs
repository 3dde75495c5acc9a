using System.Globalization;
using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Tokens <c>&lt;0x41&gt;</c>, each of which is a byte. Neighbours are read together, so that they are held back until another token comes:
/// together they are UTF-8, or each becomes U+FFFD.
/// </summary>
internal sealed class ByteFallbackStep : DecodeStep
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly List<byte> _bytes = [];

    /// <inheritdoc/>
    public override IEnumerable<string> Add(string token)
    {
        if (token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            _bytes.Add(value);
            return [];
        }

        return [.. End(), token];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> End()
    {
        if (_bytes.Count == 0)
        {
            return [];
        }

        try
        {
            return [s_strict.GetString([.. _bytes])];
        }
        catch (DecoderFallbackException)
        {
            return [new string('\uFFFD', _bytes.Count)];
        }
        finally
        {
            _bytes.Clear();
        }
    }
}
