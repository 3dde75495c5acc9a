using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Profiling.Tests.Running;

/// <summary>An OpenAI-compatible server that says that it loads its model, as llama.cpp's does, until it is told that it has.</summary>
internal sealed class LoadingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _answers;
    private int _refusals;

    private LoadingServer(WebApplication app) => _app = app;

    public Uri Endpoint { get; private set; } = null!;

    public bool IsLoaded { get; set; }

    /// <summary>How many requests were answered.</summary>
    public int Answers => _answers;

    /// <summary>How many were told to wait.</summary>
    public int Refusals => _refusals;

    public static async Task<LoadingServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new LoadingServer(app);
        app.MapPost("/v1/chat/completions", server.AnswerAsync);
        await app.StartAsync();
        server.Endpoint = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1");
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (!IsLoaded)
        {
            context.Response.StatusCode = 503;
            await context.Response.WriteAsync("""{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""");
            Interlocked.Increment(ref _refusals);
            return;
        }

        // The same answer for the same prompt.
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        var text = $"{body["model"]}{body["messages"]!.ToJsonString().Length}";
        Interlocked.Increment(ref _answers);
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync($$$"""
            data: {"choices":[{"delta":{"content":"{{{text}}}"},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1}}

            data: [DONE]


            """);
    }
}
