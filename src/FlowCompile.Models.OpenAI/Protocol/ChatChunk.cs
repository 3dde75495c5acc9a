using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>One piece of an answer as it is sent: an event of a stream, or the whole body where the server does not stream.</summary>
internal sealed record ChatChunk
{
    /// <summary>The event that ends a stream.</summary>
    public static ChatChunk Done { get; } = new() { IsDone = true };

    public bool IsDone { get; private init; }

    public string? Id { get; private init; }

    public string? Model { get; private init; }

    /// <summary>The number of the choice; <see langword="null"/> where the chunk has none.</summary>
    public long? Index { get; private init; }

    /// <summary>Thinking that came apart from the answer.</summary>
    public string Thinking { get; private init; } = "";

    /// <summary>The content, in which thinking may be left between marks.</summary>
    public string Text { get; private init; } = "";

    public string Refusal { get; private init; } = "";

    public bool CallsTool { get; private init; }

    /// <summary>Whether this is a message rather than what is added to one.</summary>
    public bool IsMessage { get; private init; }

    /// <summary>Whether this may be the whole answer.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Whether the server calls this a completion rather than a piece of one.</summary>
    public bool IsCompletion { get; private init; }

    /// <summary>Why the answer has ended; <see langword="null"/> where the server does not say so, or says nothing.</summary>
    public string? FinishReason { get; init; }

    public ChatUsage? Usage { get; private init; }

    /// <summary>What the server says went wrong.</summary>
    public JsonNode? Error { get; private init; }

    /// <summary>Reads what a server sent; <see langword="null"/> for what says nothing, such as a ping.</summary>
    /// <param name="node">The JSON.</param>
    /// <param name="isError">Whether it came in an event that is called an error.</param>
    /// <exception cref="JsonException">It is not what the protocol says.</exception>
    public static ChatChunk? Read(JsonNode? node, bool isError = false)
    {
        if (node is not JsonObject root)
        {
            return isError ? new ChatChunk { Error = node ?? "an event 'error'" } : null;
        }

        if (root["error"] is { } error && !(error is JsonValue flag && flag.TryGetValue(out bool set) && !set))
        {
            return new ChatChunk { Error = error, Usage = ErrorUsage.Of(root) };
        }

        var (choice, usage) = (Choice(root), UsageOf(root));
        if (choice is null && usage is null && root["choices"] is null)
        {
            var isTold = isError || root.Text("object") == "error" || root.Text("type") == "error" || root["detail"] is not null || (root.Text("message") is not null && (root["code"] ?? root["status"]) is not null);
            return isTold ? new ChatChunk { Error = root, Usage = ErrorUsage.Of(root) } : null;
        }

        var part = choice.Object("delta") is { Count: > 0 } delta ? delta : choice.Object("message") ?? choice.Object("delta");
        var content = part is null ? ChatParts.Of(choice?["text"]) : ChatParts.Of(part["content"]);
        return new ChatChunk
        {
            Id = root.Text("id"),
            Model = root.Text("model"),
            Index = choice is null ? null : choice.Count("index") ?? 0,
            Thinking = content.Thinking.Length > 0 ? content.Thinking : ThinkingFields.Of(part),
            Text = content.Text,
            Refusal = content.Refusal.Length > 0 ? content.Refusal : part.Text("refusal") ?? "",
            CallsTool = part?["tool_calls"] is JsonArray { Count: > 0 } || part?["function_call"] is JsonObject,
            IsMessage = part is not null && !ReferenceEquals(part, choice.Object("delta")),
            IsWhole = part is not null && ReferenceEquals(part, choice.Object("message")) && root.Text("object") != "chat.completion.chunk" && !(root["done"] is JsonValue done && done.TryGetValue(out bool ended) && !ended),
            IsCompletion = root.Text("object") == "chat.completion",
            FinishReason = FinishReasons.Of(choice.Text("finish_reason") ?? choice.Object("finish_reason").Text("type") ?? choice.Text("done_reason")),
            Usage = usage,
        };
    }

    /// <summary>The chunk without its choice: usage that came with one that is not read.</summary>
    public ChatChunk OnlyUsage() => new() { Id = Id, Model = Model, Usage = Usage };

    private static JsonObject? Choice(JsonObject root)
    {
        switch (root["choices"])
        {
            case null:
                // Without a list of choices: as Ollama's own interface has it.
                return root["message"] is JsonObject ? root : null;
            case JsonArray choices:
                if (choices.FirstOrDefault(choice => choice is not (null or JsonObject)) is not null)
                {
                    throw new JsonException("a choice is not an object");
                }

                // The piece that carries the usage has no choices.
                return choices.OfType<JsonObject>().MinBy(choice => choice.Count("index") ?? 0);
            default:
                throw new JsonException("'choices' is not a list");
        }
    }

    private static ChatUsage? UsageOf(JsonObject root) =>
        ((root.Object("usage") ?? (root["choices"] as JsonArray)?.OfType<JsonObject>().Select(choice => choice.Object("usage")).FirstOrDefault(usage => usage is not null)
            ?? root.Object("x_groq").Object("usage")) is { } usage ? ChatUsage.Read(usage) : null)
        ?? (root.Object("timings") is { } timings ? ChatUsage.Read(timings) : null)
        ?? (root["eval_count"] is not null ? ChatUsage.Read(root) : null);
}
