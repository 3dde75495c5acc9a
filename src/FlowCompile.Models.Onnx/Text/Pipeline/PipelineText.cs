namespace FlowCompile.Models.Onnx;

/// <summary>Writes ids by the decoder of tokenizer.json.</summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="markers">Whether special tokens are written too.</param>
internal sealed class PipelineText(PipelineTokenizer tokenizer, bool markers) : TokenText
{
    private readonly DecodeChain _chain = tokenizer.Decoder();

    /// <inheritdoc/>
    public override string Add(int id)
    {
        if (tokenizer.Added.TryGetValue(id, out var added))
        {
            return added.IsSpecial && !markers ? "" : _chain.Add(added.Content);
        }

        // An id beyond the tokens, which networks have to make their sizes round, is no text.
        return tokenizer.Vocabulary[id] is { } token ? _chain.Add(token) : "";
    }

    /// <inheritdoc/>
    public override string End() => _chain.End();
}
