using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI;

/// <summary>The body of a call with the names of the protocol, as far as it is the same whatever the reasoning budget.</summary>
internal static class ChatRequest
{
    /// <summary>The field for the most tokens to generate.</summary>
    public const string MaxTokens = "max_tokens";

    /// <summary>The fields that the server may call otherwise, or not take.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["model", "stream", "stream_options", "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", MaxTokens, "seed", "stop", "response_format"];

    /// <exception cref="NotSupportedException">The messages or options ask for something else than text.</exception>
    public static JsonObject Create(OpenAIModelOptions model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.Tools is { Count: > 0 })
        {
            throw new NotSupportedException($"Model '{model.DisplayName}' is called for text only; a sub-agent's tools are methods of the workflow.");
        }

        var body = new JsonObject
        {
            ["model"] = model.ModelId,
            ["messages"] = Messages(model, messages, options?.Instructions),
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
        };
        Add(body, "temperature", options?.Temperature);
        Add(body, "top_p", options?.TopP);
        Add(body, "top_k", options?.TopK);
        Add(body, "frequency_penalty", options?.FrequencyPenalty);
        Add(body, "presence_penalty", options?.PresencePenalty);
        Add(body, MaxTokens, options?.MaxOutputTokens);

        // Servers differ in the range they take; all take 31 bits.
        Add(body, "seed", options?.Seed is { } seed ? (int)((ulong)seed % int.MaxValue) : null);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            body["stop"] = new JsonArray([.. stops.Select(stop => JsonValue.Create(stop))]);
        }

        if (options?.ResponseFormat is ChatResponseFormatJson json)
        {
            body["response_format"] = Format(json);
        }

        return body;
    }

    private static JsonArray Messages(OpenAIModelOptions model, IEnumerable<ChatMessage> messages, string? instructions)
    {
        var array = new JsonArray();
        if (instructions is not null)
        {
            array.Add((JsonNode)Message("system", instructions));
        }

        foreach (var message in messages)
        {
            if (message.Contents.FirstOrDefault(content => content is not (TextContent or TextReasoningContent or UsageContent)) is { } other)
            {
                throw new NotSupportedException($"Model '{model.DisplayName}' is called for text only, and a message has {other.GetType().Name}.");
            }

            array.Add((JsonNode)Message(message.Role.Value, message.Text));
        }

        return array;
    }

    public static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    private static JsonObject Format(ChatResponseFormatJson json) => json.Schema is { } schema
        ? new JsonObject
        {
            ["type"] = "json_schema",
            ["json_schema"] = new JsonObject { ["name"] = json.SchemaName ?? "answer", ["schema"] = JsonNode.Parse(schema.GetRawText()) },
        }
        : new JsonObject { ["type"] = "json_object" };

    private static void Add(JsonObject body, string name, float? value)
    {
        if (value is { } number)
        {
            body[name] = number;
        }
    }

    private static void Add(JsonObject body, string name, int? value)
    {
        if (value is { } number)
        {
            body[name] = number;
        }
    }
}
