namespace FlowCompile.Models.OpenAI;

/// <summary>Reads lines of bytes as they arrive. A line ends at a line feed, a carriage return or both; a byte order mark at the start is left out.</summary>
/// <param name="stream">The stream; it bounds the length of a line.</param>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private int _searched;
    private bool _skipsLineFeed;
    private bool _began;
    private bool _ended;

    /// <summary>The next line, valid until the next call; <see langword="null"/> at the end of the stream.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out var line))
            {
                return line;
            }

            if (_ended)
            {
                var rest = _buffer.AsMemory(_start.._end);
                _start = _searched = _end;
                return rest.Length > 0 ? (ReadOnlyMemory<byte>?)rest : null;
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool TryTake(out ReadOnlyMemory<byte> line)
    {
        if (_skipsLineFeed && _start < _end)
        {
            _start += _buffer[_start] == '\n' ? 1 : 0;
            _searched = Math.Max(_searched, _start);
            _skipsLineFeed = false;
        }

        var at = _buffer.AsSpan(_searched.._end).IndexOfAny((byte)'\n', (byte)'\r');
        if (at < 0)
        {
            _searched = _end;
            line = default;
            return false;
        }

        at += _searched;
        line = _buffer.AsMemory(_start..at);
        _skipsLineFeed = _buffer[at] == '\r';
        _start = _searched = at + 1;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_end, _searched, _start) = (_end - _start, _searched - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        _ended = read == 0;
        if (!_began && (_end >= 3 || _ended))
        {
            _began = true;
            if (_buffer.AsSpan(.._end).StartsWith("\uFEFF"u8))
            {
                _start = 3;
                _searched = Math.Max(_searched, _start);
            }
        }
    }
}
