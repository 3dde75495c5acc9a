using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Models.OpenAI.Tests.Server;

/// <summary>An OpenAI-compatible server on loopback that answers by a script, failures included.</summary>
public sealed class FaultServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Reply> _script = new();
    private readonly ConcurrentQueue<ReceivedCall> _calls = new();
    private readonly bool _keepsCalls;
    private int _count;
    private int _now;
    private int _most;

    private FaultServer(WebApplication app, bool keepsCalls)
    {
        _app = app;
        _keepsCalls = keepsCalls;
    }

    /// <summary>What is answered when the script is at its end.</summary>
    public Func<ReceivedCall, Reply> Otherwise { get; set; } = _ => Reply.Text("ok");

    public Uri Endpoint { get; private set; } = null!;

    public IReadOnlyList<ReceivedCall> Calls => [.. _calls];

    public int Count => _count;

    /// <summary>The most calls that were under way at once.</summary>
    public int Most => _most;

    public static async Task<FaultServer> StartAsync(bool keepsCalls = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FaultServer(app, keepsCalls);
        app.MapPost("/{**path}", server.AnswerAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Endpoint = new Uri(address + "/v1");
        return server;
    }

    public FaultServer Then(params Reply[] replies)
    {
        foreach (var reply in replies)
        {
            _script.Enqueue(reply);
        }

        return this;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var index = Interlocked.Increment(ref _count);
        var now = Interlocked.Increment(ref _now);
        int most;
        while ((most = _most) < now && Interlocked.CompareExchange(ref _most, now, most) != most)
        {
        }

        try
        {
            var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
            var call = new ReceivedCall(index, body, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase))
            {
                Target = context.Request.Path + context.Request.QueryString,
            };
            if (_keepsCalls)
            {
                _calls.Enqueue(call);
            }

            await (_script.TryDequeue(out var reply) ? reply : Otherwise(call)).Send(context, call);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client went away.
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }
}
