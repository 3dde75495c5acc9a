namespace FlowCompile.Models.Onnx;

/// <summary>Takes characters from the beginning of the whole text.</summary>
/// <param name="character">The character.</param>
/// <param name="most">The most that are taken.</param>
internal sealed class StripStartStep(char character, int most) : DecodeStep
{
    private int _left = most;

    /// <inheritdoc/>
    public override IEnumerable<string> Add(string token)
    {
        var count = 0;
        while (count < token.Length && _left > 0 && token[count] == character)
        {
            count++;
            _left--;
        }

        _left = count < token.Length ? 0 : _left;
        return [token[count..]];
    }
}
