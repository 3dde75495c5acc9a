using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Profiling.Tests.Spending;

/// <summary>
/// An OpenAI-compatible server on loopback that bills what it generates, and fails as it likes. What it has billed is written down when a request comes,
/// whether its caller ever learns of it or not.
/// </summary>
internal sealed class BillingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Random _random;
    private readonly double _faults;
    private readonly bool _isDown;
    private readonly Lock _lock = new();

    private BillingServer(WebApplication app, int seed, double faults, bool isDown) => (_app, _random, _faults, _isDown) = (app, new Random(seed), faults, isDown);

    private enum Kind
    {
        Answer,
        AnswerWithoutUsage,
        Filtered,
        ThinkingOnly,
        RateLimited,
        Error,
        ErrorWithUsage,
        GivesUpWithUsage,
        GivesUp,
        Cut,
        Dropped,
        Hangs,
    }

    public Uri Endpoint { get; private set; } = null!;

    /// <summary>The price of a prompt's token, and of one generated.</summary>
    public static (double Input, double Output) Prices => (3, 11);

    public int Requests { get; private set; }

    public long Tokens { get; private set; }

    public double Cost { get; private set; }

    /// <summary>The most tokens, and the most money, that one request was billed for.</summary>
    public (long Tokens, double Cost) Largest { get; private set; }

    /// <summary>What was billed when the latest request came that is billed for anything or refused.</summary>
    public (long Tokens, double Cost) BeforeLast { get; private set; }

    /// <summary>Starts a server.</summary>
    /// <param name="seed">What its chance depends on.</param>
    /// <param name="faults">How many of its answers are faults, 0 to 1.</param>
    /// <param name="isDown">Whether all its answers are errors that may pass.</param>
    public static async Task<BillingServer> StartAsync(int seed, double faults, bool isDown = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new BillingServer(app, seed, faults, isDown);
        app.MapPost("/v1/chat/completions", server.AnswerAsync);
        await app.StartAsync();
        server.Endpoint = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1");
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private (Kind Kind, int Input, int Output) Bill()
    {
        lock (_lock)
        {
            var kind = _isDown ? Kind.Error : _random.NextDouble() >= _faults ? Kind.Answer : (Kind)_random.Next(1, (int)Kind.Hangs + 1);
            var (input, output) = (_random.Next(5, 60), _random.Next(1, 120));
            var isBilled = kind is not (Kind.RateLimited or Kind.Error);
            var (tokens, cost) = isBilled ? (input + output, ((input * Prices.Input) + (output * Prices.Output)) / 1e6) : (0, 0.0);
            BeforeLast = (Tokens, Cost);
            Requests++;
            Tokens += tokens;
            Cost += cost;
            Largest = (Math.Max(Largest.Tokens, tokens), Math.Max(Largest.Cost, cost));
            return (kind, input, output);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        var (kind, input, output) = Bill();
        var usage = new JsonObject { ["prompt_tokens"] = input, ["completion_tokens"] = output };
        try
        {
            switch (kind)
            {
                case Kind.RateLimited or Kind.Error:
                    context.Response.StatusCode = kind == Kind.Error ? 500 : 429;
                    await context.Response.WriteAsync("""{"error":{"message":"no"}}""");
                    return;
                case Kind.ErrorWithUsage:
                    context.Response.StatusCode = 500;
                    await context.Response.WriteAsync(new JsonObject { ["error"] = new JsonObject { ["message"] = "no" }, ["usage"] = usage }.ToJsonString());
                    return;
                case Kind.Dropped:
                    context.Abort();
                    return;
                case Kind.Hangs:
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                    return;
            }

            context.Response.ContentType = "text/event-stream";
            var isJudge = body["messages"]!.ToJsonString().Contains("SCORE", StringComparison.Ordinal);
            await EventAsync(context, kind == Kind.ThinkingOnly ? "reasoning_content" : "content", isJudge ? "SCORE: 7" : output.ToString(CultureInfo.InvariantCulture), null);
            if (kind == Kind.Cut)
            {
                return;
            }

            if (kind is Kind.GivesUp or Kind.GivesUpWithUsage)
            {
                var error = new JsonObject { ["error"] = new JsonObject { ["message"] = "out of memory" } };
                if (kind == Kind.GivesUpWithUsage)
                {
                    error["usage"] = usage;
                }

                await WriteAsync(context, error.ToJsonString());
                return;
            }

            // As many bytes as tokens, at least.
            await EventAsync(context, "content", kind is Kind.ThinkingOnly or Kind.Filtered ? "" : new string(' ', output), kind == Kind.Filtered ? "content_filter" : "stop");
            if (kind != Kind.AnswerWithoutUsage)
            {
                await WriteAsync(context, new JsonObject { ["choices"] = new JsonArray(), ["usage"] = usage }.ToJsonString());
            }

            await WriteAsync(context, "[DONE]");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The caller went away.
        }
    }

    private static Task EventAsync(HttpContext context, string field, string text, string? finish) => WriteAsync(
        context,
        new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["delta"] = new JsonObject { [field] = text }, ["finish_reason"] = finish }) }.ToJsonString());

    private static async Task WriteAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n");
        await context.Response.Body.FlushAsync();
    }
}
