using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace FlowCompile.Tool.Tests;

/// <summary>
/// An OpenAI-compatible server on loopback that answers by a function. Not Kestrel: a reference to ASP.NET Core takes assemblies out of this
/// folder that the tool needs as a process of its own.
/// </summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _work;
    private int _count;

    private ChatServer(HttpListener listener, Uri endpoint)
    {
        (_listener, Endpoint) = (listener, endpoint);
        _work = WorkAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>What a call is answered with.</summary>
    public Func<Call, Answer> Answers { get; set; } = _ => Answer.Text("ok");

    /// <summary>How many calls came.</summary>
    public int Count => _count;

    public static ChatServer Start()
    {
        while (true)
        {
            var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            var port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            var listener = new HttpListener { Prefixes = { FormattableString.Invariant($"http://127.0.0.1:{port}/") } };
            try
            {
                listener.Start();
                return new ChatServer(listener, new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/v1")));
            }
            catch (HttpListenerException)
            {
                // Somebody else was faster.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _work;
    }

    private async Task WorkAsync()
    {
        var calls = new List<Task>();
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                calls.Add(Task.Run(() => AnswerAsync(context)));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(calls);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var body = (await JsonNode.ParseAsync(context.Request.InputStream))!;
            var prompt = (string)body["messages"]!.AsArray()[^1]!["content"]!;
            var answer = Answers(new Call(Interlocked.Increment(ref _count), (string)body["model"]!, prompt, context.Request.Headers["Authorization"] ?? ""));
            var bytes = Encoding.UTF8.GetBytes(answer.Body);
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.IsCut ? "text/event-stream" : "application/json";
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went away.
        }
    }

    /// <summary>A call as it came.</summary>
    internal sealed record Call(int Index, string Model, string Prompt, string Authorization);

    /// <summary>What a call is answered with.</summary>
    internal sealed record Answer(int Status, string Body, bool IsCut = false)
    {
        public static Answer Text(string text) => new(200, new JsonObject
        {
            ["id"] = "c1",
            ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text }, ["finish_reason"] = "stop" }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 7, ["completion_tokens"] = 1 },
        }.ToJsonString());

        /// <summary>Quotes the caller's key, as some servers do.</summary>
        public static Answer QuotesTheKey(int status, Call call) =>
            new(status, new JsonObject { ["error"] = new JsonObject { ["message"] = $"Incorrect API key provided: {call.Authorization}" } }.ToJsonString());

        /// <summary>Half an answer that ends as if it were whole.</summary>
        public static Answer Cut() => new(200, "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"half\"}}]}\n\n", IsCut: true);
    }
}
