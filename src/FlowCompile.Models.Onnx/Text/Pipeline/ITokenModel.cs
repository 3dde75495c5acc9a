namespace FlowCompile.Models.Onnx;

/// <summary>The model of tokenizer.json: what ids a piece of a text has. For several threads at once.</summary>
internal interface ITokenModel
{
    /// <summary>Adds the ids of a piece.</summary>
    /// <param name="piece">The piece, not empty.</param>
    /// <param name="ids">Where they go.</param>
    void Encode(string piece, List<int> ids);
}
