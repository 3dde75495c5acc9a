using FlowCompile.Files;

namespace FlowCompile.Profiling;

/// <summary>Splits a stream into lines, ended as on any system, before anybody asks what characters they hold.</summary>
internal sealed class ByteLines(Stream stream, int most) : IDisposable
{
    private readonly byte[] _buffer = new byte[81_920];
    private readonly MemoryStream _line = new();
    private int _at;
    private int _length;
    private bool _afterReturn;

    /// <summary>The line that was read last, without its end.</summary>
    public ReadOnlySpan<byte> Line => _line.GetBuffer().AsSpan(0, (int)_line.Length);

    /// <summary>Reads the next line, and says whether there was one.</summary>
    /// <exception cref="FileKindException">The line is longer than any may be.</exception>
    public bool TryRead()
    {
        _line.SetLength(0);
        var started = false;
        while (Fill())
        {
            if (_afterReturn && _buffer[_at] == '\n')
            {
                // Both are one end.
                (_afterReturn, _at) = (false, _at + 1);
                continue;
            }

            _afterReturn = false;
            started = true;
            var rest = _buffer.AsSpan(_at, _length - _at);
            var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            _line.Write(end < 0 ? rest : rest[..end]);
            if (_line.Length > most)
            {
                throw new FileKindException($"it has a line of more than {most >> 20} MiB, which no case is; name the right file");
            }

            _at += end < 0 ? rest.Length : end + 1;
            if (end >= 0)
            {
                _afterReturn = rest[end] == '\r';
                return true;
            }
        }

        return started;
    }

    public void Dispose() => _line.Dispose();

    private bool Fill()
    {
        if (_at == _length)
        {
            (_at, _length) = (0, stream.Read(_buffer));
        }

        return _length > 0;
    }
}
