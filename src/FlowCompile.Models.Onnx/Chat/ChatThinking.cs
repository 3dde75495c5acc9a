namespace FlowCompile.Models.Onnx;

/// <summary>How a model thinks.</summary>
/// <param name="Start">The token that begins thinking.</param>
/// <param name="End">The token that ends it.</param>
/// <param name="Opens">Whether the prompt opens the thinking; else the model does, or does not.</param>
/// <param name="TrimsPast">Whether an earlier answer, which is written without its thinking, loses the line breaks that were between.</param>
internal sealed record ChatThinking(string Start, string End, bool Opens, bool TrimsPast)
{
    /// <summary>What opens the thinking.</summary>
    public string Open => $"{Start}\n";

    /// <summary>What closes thinking whose budget is spent.</summary>
    public string Close => $"\n{End}\n\n";

    /// <summary>The block of an answer without thinking.</summary>
    public string Empty => $"{Start}\n\n{End}\n\n";
}
