using System.Text;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx;

/// <summary>Writes conversations in a format.</summary>
/// <param name="format">The format.</param>
internal sealed class ChatWriter(ChatFormat format)
{
    private readonly string[] _marks = [.. format.Tokens, .. format.Thinking is { } thinking ? (string[])[thinking.Start, thinking.End] : []];

    /// <summary>How the model thinks; <see langword="null"/> where it does not.</summary>
    public ChatThinking? Thinking => format.Thinking;

    /// <summary>Writes a conversation, up to where the answer begins.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="thinks">Whether the answer may have thinking; without meaning where the model has none.</param>
    /// <exception cref="PromptException">The format has no place for a message.</exception>
    public Prompt Write(IEnumerable<ChatMessage> messages, bool thinks)
    {
        var turns = messages.Select(message => (message.Role, Text: PromptText.Of([message]))).ToList();
        var system = TakeSystem(turns);
        Check(turns);
        var (text, contents) = (new StringBuilder(format.Begin), new List<(int Start, int End)>());
        if (system is not null && format.SystemPlace == SystemPlace.Turn)
        {
            text.Append(format.System.Before).Append(format.SystemPrefix);
            Add(text, contents, format.Trims ? system.Trim() : system);
            text.Append(format.System.After);
        }

        var carrier = system is null ? -1 : format.SystemPlace switch
        {
            SystemPlace.FirstUser => turns.FindIndex(turn => turn.Role == ChatRole.User),
            SystemPlace.LastUser => turns.FindLastIndex(turn => turn.Role == ChatRole.User),
            _ => -1,
        };
        for (var i = 0; i < turns.Count; i++)
        {
            var (role, content) = turns[i];
            var turn = role == ChatRole.User ? format.User : role == ChatRole.System ? format.System : format.Assistant;
            content = role == ChatRole.Assistant ? WithoutThinking(content) : content;
            content = format.Trims ? content.Trim() : content;
            text.Append(turn.Before);
            Add(text, contents, i == carrier ? $"{system}\n\n{content}" : content);
            text.Append(turn.After);
        }

        text.Append(format.Answer);
        if (format.Thinking is { } thinking)
        {
            text.Append(!thinks ? thinking.Empty : thinking.Opens ? thinking.Open : "");
        }

        return new Prompt(text.ToString(), contents, _marks, HasEnds: true);
    }

    private string? TakeSystem(List<(ChatRole Role, string Text)> turns)
    {
        if (turns.Count == 0 || turns[0].Role != ChatRole.System)
        {
            return format.DefaultSystem;
        }

        var system = turns[0].Text;
        turns.RemoveAt(0);
        return format.SystemPlace != SystemPlace.Nowhere ? system
            : throw new PromptException($"A message is of the role system, which the chat format {format.Name} has not: write it into the user's message.");
    }

    private void Check(List<(ChatRole Role, string Text)> turns)
    {
        if (turns.Count == 0)
        {
            throw new PromptException("The prompt is empty.");
        }

        for (var i = 0; i < turns.Count; i++)
        {
            var role = turns[i].Role;
            if (role != ChatRole.User && role != ChatRole.Assistant && (role != ChatRole.System || !format.HasSystemAnywhere))
            {
                throw new PromptException($"A message is of the role {OneLine.Of(role.Value)}, which has no place there in the chat format {format.Name}: write it as a user's, or put it first.");
            }

            if (format.TakesTurns && role != (i % 2 == 0 ? ChatRole.User : ChatRole.Assistant))
            {
                throw new PromptException($"The chat format {format.Name} wants users and answers to take turns, beginning with a user: put messages of one role together.");
            }
        }

        if (turns[^1].Role == ChatRole.Assistant)
        {
            throw new PromptException("The last message is an answer, and nothing is asked after it.");
        }
    }

    private string WithoutThinking(string answer)
    {
        if (format.Thinking is not { } thinking || !answer.Contains(thinking.End, StringComparison.Ordinal))
        {
            return answer;
        }

        var rest = answer[(answer.LastIndexOf(thinking.End, StringComparison.Ordinal) + thinking.End.Length)..];
        return thinking.TrimsPast ? rest.TrimStart('\n') : rest;
    }

    private static void Add(StringBuilder text, List<(int Start, int End)> contents, string content)
    {
        contents.Add((text.Length, text.Length + content.Length));
        text.Append(content);
    }
}
