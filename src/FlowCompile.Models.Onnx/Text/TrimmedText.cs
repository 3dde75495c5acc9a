namespace FlowCompile.Models.Onnx;

/// <summary>Leaves out the line breaks that a chat format has between its marks and the text.</summary>
/// <param name="inner">Writes the ids.</param>
/// <param name="atEnd">Whether those at the end are left out too.</param>
internal sealed class TrimmedText(TokenText inner, bool atEnd) : TokenText
{
    private bool _hasBegun;
    private int _breaks;

    /// <inheritdoc/>
    public override string Add(int id) => Trim(inner.Add(id));

    /// <inheritdoc/>
    public override string End() => Trim(inner.End());

    private string Trim(string text)
    {
        text = _hasBegun ? text : text.TrimStart('\n');
        _hasBegun |= text.Length > 0;
        if (!atEnd || text.Length == 0)
        {
            return text;
        }

        // They are held back: more text behind them makes them part of it.
        var rest = text.TrimEnd('\n');
        if (rest.Length == 0)
        {
            _breaks += text.Length;
            return "";
        }

        var whole = new string('\n', _breaks) + rest;
        _breaks = text.Length - rest.Length;
        return whole;
    }
}
