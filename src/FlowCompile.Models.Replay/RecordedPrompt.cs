using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Replay;

/// <summary>Messages as the one text that calls are recorded and found by.</summary>
internal static class RecordedPrompt
{
    public static string Of(IEnumerable<ChatMessage> messages)
    {
        List<ChatMessage> all = [.. messages];
        return all is [{ } only] && only.Role == ChatRole.User ? only.Text : string.Join('\n', all.Select(message => $"{message.Role.Value}: {message.Text}"));
    }
}
