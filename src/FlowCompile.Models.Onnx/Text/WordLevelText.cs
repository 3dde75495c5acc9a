namespace FlowCompile.Models.Onnx;

/// <summary>Writes the ids of whole words.</summary>
/// <param name="tokenizer">The tokenizer.</param>
internal sealed class WordLevelText(WordLevelTokenizer tokenizer) : TokenText
{
    private int? _last;

    /// <inheritdoc/>
    public override string Add(int id)
    {
        var blank = _last is { } last && tokenizer.NeedsBlank(last, id);
        _last = id;
        return blank ? ' ' + tokenizer[id] : tokenizer[id];
    }

    /// <inheritdoc/>
    public override string End() => "";
}
