using System.Security.Cryptography;
using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>Puts a chat format together with a model's tokenizer and settings.</summary>
internal static class ChatModel
{
    /// <summary>What a model's settings are under a format.</summary>
    /// <param name="folder">The model's folder, for messages.</param>
    /// <param name="format">The format.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="generation">What generation_config.json says.</param>
    /// <exception cref="ModelLoadException">The tokenizer lacks a token of the format.</exception>
    public static GenerationConfig Apply(string folder, ChatFormat format, ITextTokenizer tokenizer, GenerationConfig generation)
    {
        foreach (var token in format.Tokens)
        {
            IdOf(token);
        }

        var end = IdOf(format.End);
        var result = generation with { EndTokens = generation.EndTokens.Contains(end) ? generation.EndTokens : [.. generation.EndTokens, end] };
        return format.Thinking is not { } thinking
            ? result with { ThinkStart = null, ThinkEnd = null, ThinkClose = [] }
            : result with
            {
                ThinkStart = IdOf(thinking.Start),
                ThinkEnd = IdOf(thinking.End),
                ThinkClose = [.. tokenizer.Encode(new Prompt(thinking.Close, [], [], HasEnds: true))],
            };

        int IdOf(string token) => tokenizer.IdOf(token) ?? throw new ModelLoadException(
            $"{Path.Combine(folder, ModelFolder.Tokenizer)}: the chat format {format.Name} has the token '{OneLine.Of(token)}', which is not there: say another \"chatFormat\" in the model's settings.");
    }

    /// <summary>What tells a format from others, with the texts that it has from a template.</summary>
    public static string Identity(ChatFormat format)
    {
        var texts = $"{format.Begin}\0{format.DefaultSystem}\0{format.SystemPrefix}";
        return $"{format.Name}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(texts)))[..16].ToLowerInvariant()}";
    }
}
