using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlowCompile.Models.OpenAI.Tests.Field;

/// <summary>Replays responses over sockets byte by byte as they were captured: the next with each request, the last again where no more are left.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[][] _responses;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _count;

    public RawServer(params byte[][] responses)
    {
        _responses = responses;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    /// <summary>How many requests came since the last start.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A response: status line, header lines, and the body, whose end is that of the connection.</summary>
    public static byte[] Response(byte[] body, string status = "200 OK", params string[] headers) =>
        [.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Connection: close\r\n\r\n"), .. body];

    /// <summary>Begins again with the first response.</summary>
    public void Restart() => Volatile.Write(ref _count, 0);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The server is stopped.
        }
    }

    private async Task AnswerAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                if (!await ReadRequestAsync(stream))
                {
                    return;
                }

                var response = _responses[Math.Min(Interlocked.Increment(ref _count), _responses.Length) - 1];
                await stream.WriteAsync(response, _stop.Token);
                connection.Client.Shutdown(SocketShutdown.Send);

                // Whoever closes first with something unread makes the other lose what it has not read.
                var rest = new byte[1024];
                while (await stream.ReadAsync(rest, _stop.Token) > 0)
                {
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // The client went away.
            }
        }
    }

    private async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var (request, buffer, length) = (new StringBuilder(), new byte[8192], int.MaxValue);
        while (request.Length < length)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                return false;
            }

            request.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var text = request.ToString();
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end)
            {
                var header = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                length = end + 4 + (header is null ? 0 : int.Parse(header["Content-Length:".Length..], CultureInfo.InvariantCulture));
            }
        }

        return true;
    }
}
