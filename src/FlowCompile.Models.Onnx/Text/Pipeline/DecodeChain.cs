using System.Globalization;
using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>The steps of a decoder, each of which takes tokens and gives tokens. Not for several threads.</summary>
/// <param name="steps">The steps, in order.</param>
internal sealed class DecodeChain(IReadOnlyList<DecodeStep> steps)
{
    /// <summary>Adds a token.</summary>
    /// <returns>The text that is now certain.</returns>
    public string Add(string token) => From(0, [token]);

    /// <summary>Ends the text.</summary>
    /// <returns>What was held back.</returns>
    public string End()
    {
        var text = new StringBuilder();
        for (var i = 0; i < steps.Count; i++)
        {
            text.Append(From(i + 1, steps[i].End()));
        }

        return text.ToString();
    }

    private string From(int first, IEnumerable<string> tokens)
    {
        for (var i = first; i < steps.Count; i++)
        {
            var step = steps[i];
            tokens = tokens.SelectMany(step.Add).ToList();
        }

        return string.Concat(tokens);
    }
}

/// <summary>A step of a decoder.</summary>
internal abstract class DecodeStep
{
    /// <summary>Takes a token.</summary>
    /// <returns>The tokens that are now certain.</returns>
    public abstract IEnumerable<string> Add(string token);

    /// <summary>Ends the text.</summary>
    /// <returns>What was held back.</returns>
    public virtual IEnumerable<string> End() => [];
}

/// <summary>A step that looks at one token after another.</summary>
/// <param name="change">Changes a token; told whether it is the first.</param>
internal sealed class TokenStep(Func<string, bool, string> change) : DecodeStep
{
    private bool _isFirst = true;

    /// <inheritdoc/>
    public override IEnumerable<string> Add(string token)
    {
        var isFirst = _isFirst;
        _isFirst = false;
        return [change(token, isFirst)];
    }
}

/// <summary>Tokens whose characters stand for bytes. What is no UTF-8 becomes U+FFFD.</summary>
internal sealed class ByteLevelStep : DecodeStep
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <inheritdoc/>
    public override IEnumerable<string> Add(string token) => [Text(ByteAlphabet.Read(token), flush: false)];

    /// <inheritdoc/>
    public override IEnumerable<string> End() => [Text([], flush: true)];

    private string Text(byte[] bytes, bool flush)
    {
        var characters = new char[_decoder.GetCharCount(bytes, flush)];
        return new string(characters, 0, _decoder.GetChars(bytes, characters, flush));
    }
}

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

/// <summary>Takes characters from the beginning of the whole text.</summary>
/// <param name="character">The character.</param>
/// <param name="most">The most that are taken.</param>
internal sealed class StripStartStep(char character, int most) : DecodeStep
{
    private int _left = most;

    /// <inheritdoc/>
    public override IEnumerable<string> Add(string token)
    {
        var count = 0;
        while (count < token.Length && _left > 0 && token[count] == character)
        {
            count++;
            _left--;
        }

        _left = count < token.Length ? 0 : _left;
        return [token[count..]];
    }
}
