using System.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>The steps of a decoder, each of which takes tokens and gives tokens. Not for several threads.</summary>
/// <param name="steps">The steps, in order.</param>
internal sealed class DecodeChain(IReadOnlyList<DecodeStep> steps)
{
    /// <summary>Adds a token.</summary>
    /// <returns>The text that is now certain.</returns>
    public string Add(string token) => From(0, [token]);

    /// <summary>Ends the text.</summary>
    /// <returns>What was held back.</returns>
    public string End()
    {
        var text = new StringBuilder();
        for (var i = 0; i < steps.Count; i++)
        {
            text.Append(From(i + 1, steps[i].End()));
        }

        return text.ToString();
    }

    private string From(int first, IEnumerable<string> tokens)
    {
        for (var i = first; i < steps.Count; i++)
        {
            var step = steps[i];
            tokens = tokens.SelectMany(step.Add).ToList();
        }

        return string.Concat(tokens);
    }
}
