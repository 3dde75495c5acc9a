namespace FlowCompile.Models.Onnx;

/// <summary>A step that looks at one token after another.</summary>
/// <param name="change">Changes a token; told whether it is the first.</param>
internal sealed class TokenStep(Func<string, bool, string> change) : DecodeStep
{
    private bool _isFirst = true;

    /// <inheritdoc/>
    public override IEnumerable<string> Add(string token)
    {
        var isFirst = _isFirst;
        _isFirst = false;
        return [change(token, isFirst)];
    }
}
