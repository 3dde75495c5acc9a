using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>A server of chat completions that streams the same answer after the same time to every request, over connections that stay open.</summary>
internal static class SlowServer
{
    private static readonly byte[] s_answer = Answer();

    /// <summary>Serves until standard input ends. The first line of standard output is the endpoint.</summary>
    /// <param name="milliseconds">How long an answer takes.</param>
    public static async Task RunAsync(int milliseconds)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(1024);
        Console.WriteLine(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1"));
        _ = AcceptAsync(listener, TimeSpan.FromMilliseconds(milliseconds));
        await Console.In.ReadToEndAsync();
    }

    private static async Task AcceptAsync(TcpListener listener, TimeSpan delay)
    {
        while (true)
        {
            _ = ServeAsync(await listener.AcceptSocketAsync(), delay);
        }
    }

    private static async Task ServeAsync(Socket socket, TimeSpan delay)
    {
        using var connection = socket;
        socket.NoDelay = true;
        var buffer = new byte[16384];
        var count = 0;
        while (true)
        {
            int end;
            while ((end = EndOf(buffer.AsSpan(0, count))) < 0)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(count));
                if (read == 0)
                {
                    return;
                }

                count += read;
            }

            buffer.AsSpan(end..count).CopyTo(buffer);
            count -= end;
            await Task.Delay(delay);
            await socket.SendAsync(s_answer);
        }
    }

    // Where the first request ends; -1 where it is not there yet.
    private static int EndOf(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return -1;
        }

        var length = 0;
        foreach (var line in Encoding.ASCII.GetString(bytes[..head]).Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(line["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return head + 4 + length <= bytes.Length ? head + 4 + length : -1;
    }

    private static byte[] Answer()
    {
        const string Body =
            """
            data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"a","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

            data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"a","choices":[{"index":0,"delta":{"content":"7"},"finish_reason":null}]}

            data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"a","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"a","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":1,"total_tokens":21}}

            data: [DONE]


            """;
        var body = Body.ReplaceLineEndings("\n");
        return Encoding.ASCII.GetBytes(FormattableString.Invariant(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n"));
    }
}
