namespace FlowCompile.Models.Onnx;

/// <summary>A step of a decoder.</summary>
internal abstract class DecodeStep
{
    /// <summary>Takes a token.</summary>
    /// <returns>The tokens that are now certain.</returns>
    public abstract IEnumerable<string> Add(string token);

    /// <summary>Ends the text.</summary>
    /// <returns>What was held back.</returns>
    public virtual IEnumerable<string> End() => [];
}
