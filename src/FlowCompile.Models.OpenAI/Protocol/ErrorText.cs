using System.Text.Json;

namespace FlowCompile.Models.OpenAI;

/// <summary>What a server says went wrong. As it is: it may quote a key.</summary>
internal static class ErrorText
{
    /// <summary>The message of an <c>error</c> member, in any of the forms that servers give it.</summary>
    public static string Of(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String => error.GetString()!,
        JsonValueKind.Object when error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String => message.GetString()!,
        _ => error.GetRawText(),
    };

    /// <summary>The message of a response's body.</summary>
    public static string Of(BinaryData body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToMemory());
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? root.GetRawText()
                : root.TryGetProperty("error", out var error) ? Of(error)
                : root.TryGetProperty("detail", out var detail) ? Of(detail)
                : Of(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Words, or a text in it that is no UTF-8 or UTF-16.
            return body.ToString();
        }
    }
}
