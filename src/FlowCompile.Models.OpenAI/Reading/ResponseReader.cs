using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>Reads the chunks of an answer out of a response's bytes as they arrive, and tells an answer that has ended from one that broke off.</summary>
/// <param name="failures">Cleans what is quoted of a response that is no answer.</param>
internal sealed class ResponseReader(Failures failures)
{
    // Chunks of another choice while the first has not begun: which is the answer shows at the end.
    private readonly List<ChatChunk> _others = [];
    private readonly EventLines _lines = new();
    private int _wholes;
    private bool _hasFirst;
    private bool _ended;
    private bool _read;

    /// <summary>Reads to the end of the answer, or of the stream. What says that the server failed is a chunk as well.</summary>
    /// <exception cref="FailedCallException">The answer broke off.</exception>
    /// <exception cref="JsonException">It is no chat completion.</exception>
    public async IAsyncEnumerable<ChatChunk> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(stream);
        var done = false;
        while (!done && await NextAsync(lines, cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (_lines.Add(line.Span) is { } text)
            {
                foreach (var chunk in Chunks(text.Span))
                {
                    done |= chunk.IsDone;
                    if (!done && Chosen(chunk) is { } chosen)
                    {
                        yield return chosen;
                    }
                }
            }
        }

        if (!done && _lines.IsWithin)
        {
            foreach (var chunk in Last())
            {
                done |= chunk.IsDone;
                if (!done && Chosen(chunk) is { } chosen)
                {
                    yield return chosen;
                }
            }
        }

        foreach (var chunk in _others)
        {
            _ended |= chunk.FinishReason is not null;
            yield return chunk;
        }

        // A body that is one whole message need not say why it ends.
        if (!done && !_ended && _wholes != 1)
        {
            throw Broken();
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> NextAsync(LineReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException && _ended)
        {
            // The answer is whole; what is lost could only have told its usage.
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new FailedCallException(ModelCallFailure.InvalidResponse, "the answer cannot be decompressed: " + failures.Clean(e.Message), isTransient: true);
        }
    }

    private IEnumerable<ChatChunk> Chunks(ReadOnlySpan<byte> text)
    {
        var trimmed = text.Trim(" \t\r\n\""u8);
        if (Ascii.EqualsIgnoreCase(trimmed, "[DONE]"u8))
        {
            return [ChatChunk.Done];
        }

        // A ping has words or nothing; a chunk is an object, or one in a list.
        return trimmed.IsEmpty || trimmed[0] is not ((byte)'{' or (byte)'[')
            ? _lines.Event == "error" ? [ChatChunk.Read(JsonValue.Create(Encoding.UTF8.GetString(trimmed)), isError: true)!] : []
            : [.. LenientJson.ReadAll(text).SelectMany(node => node is JsonArray list ? [.. list] : (JsonNode?[])[node])
                .Select(node => ChatChunk.Read(node, _lines.Event == "error")).OfType<ChatChunk>()];
    }

    /// <summary>What was begun when the stream ended: an event without the blank line behind it, or half of one.</summary>
    private IEnumerable<ChatChunk> Last()
    {
        try
        {
            return Chunks(_lines.End()!.Value.Span);
        }
        catch (JsonException)
        {
            if (_ended)
            {
                return [];
            }

            _read = true;
            throw Broken();
        }
    }

    private ChatChunk? Chosen(ChatChunk chunk)
    {
        _read = true;
        _wholes += chunk.IsWhole && _lines.WasBare ? 1 : 0;
        if (chunk.Error is not null || chunk.FinishReason == FinishReasons.Error)
        {
            return chunk;
        }

        if (chunk.Index is null or 0)
        {
            _hasFirst |= chunk.Index == 0;
            if (_hasFirst)
            {
                _others.Clear();
            }

            _ended |= chunk.FinishReason is not null;
            return chunk;
        }

        if (_hasFirst)
        {
            return chunk.Usage is null ? null : chunk.OnlyUsage();
        }

        _others.Add(chunk);
        return null;
    }

    private FailedCallException Broken() => _read
        ? new FailedCallException(ModelCallFailure.CutStream, "the answer broke off before its end", isTransient: true)
        : new FailedCallException(
            ModelCallFailure.InvalidResponse, "the answer is not the JSON of a chat completion: " + (_lines.FirstOther is { } other ? $"it begins with '{failures.Clean(other)}'" : "it is empty"), isTransient: true);
}
