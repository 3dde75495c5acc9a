using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>The content of a message: a text, or a list of parts of which some are thinking.</summary>
/// <param name="Text">The text for the user, in which thinking may be left between marks.</param>
/// <param name="Thinking">The parts that are thinking.</param>
/// <param name="Refusal">The parts that say why there is no answer.</param>
internal sealed record ChatParts(string Text, string Thinking, string Refusal)
{
    public static ChatParts None { get; } = new("", "", "");

    /// <exception cref="JsonException">The content is neither.</exception>
    public static ChatParts Of(JsonNode? content) => content switch
    {
        null => None,
        JsonArray list => list.Aggregate(None, static (sum, part) => Of(part) is var next ? new ChatParts(sum.Text + next.Text, sum.Thinking + next.Thinking, sum.Refusal + next.Refusal) : sum),
        JsonObject part => OfPart(part),
        _ => new ChatParts(content.AsText() ?? throw new JsonException("'content' is not a text"), "", ""),
    };

    private static ChatParts OfPart(JsonObject part) => part.Text("type") switch
    {
        "refusal" => new ChatParts("", "", part.Text("refusal") ?? ""),
        { } type when type.Contains("think", StringComparison.Ordinal) || type.Contains("reason", StringComparison.Ordinal) || type.Contains("thought", StringComparison.Ordinal) =>
            new ChatParts("", ThinkingFields.Flat(part), ""),
        _ => new ChatParts(part.Text("text") ?? part.Object("text").Text("value") ?? "", "", ""),
    };
}
