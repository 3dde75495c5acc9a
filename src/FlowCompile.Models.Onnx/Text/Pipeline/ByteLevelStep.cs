using System.Text;

namespace FlowCompile.Models.Onnx;

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
