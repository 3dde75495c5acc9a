using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FlowCompile.Models.OpenAI.Tests.Server;

/// <summary>What the server does with a call.</summary>
public sealed record Reply(string Name, Func<HttpContext, ReceivedCall, Task> Send)
{
    public override string ToString() => Name;

    /// <summary>A whole answer, a token (a word) at a time, thinking first.</summary>
    public static Reply Text(string text, string thinking = "", bool usage = true, bool countsThinking = true, string finish = "stop", string thinkingField = "reasoning_content") =>
        new("text", async (context, _) =>
        {
            Begin(context);
            await Event(context, Delta("role", "assistant"));
            var (thoughts, words) = (Words(thinking), Words(text));
            foreach (var word in thoughts)
            {
                await Event(context, Delta(thinkingField, word));
            }

            foreach (var word in words)
            {
                await Event(context, Delta("content", word));
            }

            await Event(context, new JsonObject { ["id"] = "c1", ["choices"] = new JsonArray(new JsonObject { ["delta"] = new JsonObject(), ["finish_reason"] = finish }) });
            if (usage)
            {
                var counts = new JsonObject { ["prompt_tokens"] = 7, ["completion_tokens"] = thoughts.Count + words.Count };
                if (countsThinking)
                {
                    counts["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = thoughts.Count };
                }

                await Event(context, new JsonObject { ["id"] = "c1", ["choices"] = new JsonArray(), ["usage"] = counts });
            }

            await Raw(context, "data: [DONE]\n\n");
        });

    /// <summary>A stream of events as they are written here, and its end.</summary>
    public static Reply Events(params string[] data) => new("events", async (context, _) =>
    {
        Begin(context);
        foreach (var one in (string[])[.. data, "[DONE]"])
        {
            await Raw(context, $"data: {one}\n\n");
        }
    });

    /// <summary>A whole answer that is not streamed.</summary>
    public static Reply Whole(string text) => new("whole", async (context, _) =>
    {
        context.Response.ContentType = "application/json";
        await Raw(context, new JsonObject
        {
            ["id"] = "c1",
            ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text }, ["finish_reason"] = "stop" }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 7, ["completion_tokens"] = 1 },
        }.ToJsonString());
    });

    public static Reply Status(int status, string? body = null, string? retryAfter = null, string? retryAfterMs = null) => new($"status {status}", async (context, _) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        if (retryAfterMs is not null)
        {
            context.Response.Headers["retry-after-ms"] = retryAfterMs;
        }

        await Raw(context, body ?? "{\"error\":{\"message\":\"scripted\"}}");
    });

    /// <summary>Quotes the caller's key, as some servers do.</summary>
    public static Reply QuotesTheKey(int status) => new($"quotes the key, {status}", async (context, call) =>
    {
        context.Response.StatusCode = status;
        await Raw(context, $"{{\"error\":{{\"message\":\"{new string('x', 150)} Incorrect API key provided: {call.Headers["Authorization"]}\"}}}}");
    });

    /// <summary>Nothing, until the caller goes away.</summary>
    /// <param name="then">Told once the call is there.</param>
    public static Reply Hang(Action? then = null) => new("hang", (context, _) =>
    {
        then?.Invoke();
        return Task.Delay(Timeout.Infinite, context.RequestAborted);
    });

    /// <summary>Half an answer, and then nothing.</summary>
    /// <param name="then">Told once the half is sent.</param>
    public static Reply Stall(Action? then = null) => new("stall", async (context, _) =>
    {
        Begin(context);
        await Event(context, Delta("content", "half"));
        then?.Invoke();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    });

    /// <summary>Half an answer, and the connection is gone.</summary>
    /// <param name="when">When it goes: what the caller has not read by then is lost.</param>
    public static Reply Break(Task? when = null) => new("break", async (context, _) =>
    {
        Begin(context);
        await Event(context, Delta("content", "half"));
        await (when ?? Task.CompletedTask);
        context.Abort();
    });

    /// <summary>The connection is gone before anything is sent.</summary>
    public static Reply Drop() => new("drop", (context, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>Half an answer that ends as if it were whole.</summary>
    public static Reply Cut() => new("cut", async (context, _) =>
    {
        Begin(context);
        await Event(context, Delta("content", "half"));
    });

    public static Reply Garbage() => new("garbage", async (context, _) =>
    {
        Begin(context);
        await Event(context, Delta("content", "half"));
        await Raw(context, "data: {\"choices\":[{\"delta\":{\"content\":\n\n");
    });

    public static Reply OtherJson() => new("other JSON", async (context, _) =>
    {
        Begin(context);
        await Raw(context, "data: {\"choices\":[{\"delta\":{\"content\":17}}]}\n\n");
    });

    public static Reply Page() => new("page", async (context, _) =>
    {
        context.Response.ContentType = "text/html";
        await Raw(context, "<html>not what you asked for</html>");
    });

    public static Reply GivesUp() => new("gives up", async (context, _) =>
    {
        Begin(context);
        await Event(context, Delta("content", "half"));
        await Raw(context, "data: {\"error\":{\"message\":\"out of memory\"}}\n\n");
    });

    /// <summary>Leads elsewhere.</summary>
    public static Reply Redirect(string to = "http://127.0.0.1:1/elsewhere", int status = 302) => new($"redirect {status}", (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    });

    private static List<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, index) => index == 0 ? word : " " + word)];

    private static JsonObject Delta(string field, string text) => new()
    {
        ["id"] = "c1",
        ["model"] = "served",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject { [field] = text }, ["finish_reason"] = null }),
    };

    private static void Begin(HttpContext context) => context.Response.ContentType = "text/event-stream";

    private static Task Event(HttpContext context, JsonObject data) => Raw(context, $"data: {data.ToJsonString()}\n\n");

    private static async Task Raw(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }
}
