using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowCompile.Profiling;

/// <summary>The hash of <see cref="ContentHash"/> over fields that come one after another, of which there may be many.</summary>
internal sealed class FieldHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private char[] _text = new char[1024];
    private byte[] _bytes = new byte[4096];

    /// <summary>Adds a field.</summary>
    /// <param name="field">The field.</param>
    public void Add(ReadOnlySpan<char> field)
    {
        // The length in front keeps ["ab", "c"] and ["a", "bc"] apart, whatever characters the fields hold.
        Span<char> length = stackalloc char[11];
        field.Length.TryFormat(length, out var digits, provider: CultureInfo.InvariantCulture);
        length[digits] = ':';
        Append(length[..(digits + 1)]);
        Append(field);
    }

    /// <summary>Adds a field.</summary>
    /// <param name="field">The field.</param>
    public void Add(StringBuilder field)
    {
        if (_text.Length < field.Length)
        {
            _text = new char[2 * field.Length];
        }

        field.CopyTo(0, _text, field.Length);
        Add(_text.AsSpan(0, field.Length));
    }

    /// <summary>The hash of all fields.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Append(ReadOnlySpan<char> text)
    {
        if (_bytes.Length < 3 * text.Length)
        {
            _bytes = new byte[6 * text.Length];
        }

        _hash.AppendData(_bytes, 0, Encoding.UTF8.GetBytes(text, _bytes));
    }
}
