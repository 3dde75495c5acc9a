namespace FlowCompile.Models.Onnx;

/// <summary>Ids written as text, one after another. What is written never ends within a character. Not for several threads.</summary>
internal abstract class TokenText
{
    /// <summary>Adds an id.</summary>
    /// <returns>The text that is now certain: empty where the id's last character is not complete, or what comes decides how it is written.</returns>
    public abstract string Add(int id);

    /// <summary>Ends the text.</summary>
    /// <returns>What was held back; a character that is not complete becomes U+FFFD.</returns>
    public abstract string End();

    /// <summary>Writes ids at once.</summary>
    /// <param name="ids">The ids.</param>
    public string Whole(IReadOnlyList<int> ids) => string.Concat(ids.Select(Add).ToList()) + End();
}
