namespace FlowCompile.Models.OpenAI;

/// <summary>The marks by which a text is parted into channels: <c>&lt;|channel|&gt;analysis&lt;|message|&gt;...&lt;|end|&gt;</c>.</summary>
internal static class Channels
{
    public const string Start = "<|start|>";

    public const string Channel = "<|channel|>";

    public const string Message = "<|message|>";

    // What ends a message.
    private static readonly string[] s_ends = ["<|end|>", "<|return|>", "<|call|>"];

    private static readonly string[] s_all = [Start, Channel, Message, .. s_ends];

    public static int Longest { get; } = s_all.Max(mark => mark.Length);

    public static bool MayBegin(ReadOnlySpan<char> end)
    {
        foreach (var mark in s_all)
        {
            if (mark.AsSpan().StartsWith(end, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next mark, with its place; -1 where there is none.</summary>
    public static (string Mark, int At) Next(string text, int from)
    {
        for (var at = text.IndexOf("<|", from, StringComparison.Ordinal); at >= 0; at = text.IndexOf("<|", at + 2, StringComparison.Ordinal))
        {
            foreach (var mark in s_all)
            {
                if (string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0)
                {
                    return (mark, at);
                }
            }
        }

        return ("", -1);
    }
}
