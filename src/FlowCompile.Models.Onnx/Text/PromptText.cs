using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx;

/// <summary>Messages as one prompt.</summary>
internal static class PromptText
{
    /// <summary>The texts of the messages, one after another. Thinking of earlier answers is left out.</summary>
    /// <exception cref="PromptException">A message has content that is not text.</exception>
    public static string Of(IEnumerable<ChatMessage> messages)
    {
        List<string> texts = [];
        foreach (var message in messages)
        {
            foreach (var content in message.Contents)
            {
                if (content is TextContent text)
                {
                    texts.Add(text.Text);
                }
                else if (content is not TextReasoningContent)
                {
                    throw new PromptException($"A message has {content.GetType().Name}, and the models here take text only.");
                }
            }
        }

        return string.Join('\n', texts);
    }
}
