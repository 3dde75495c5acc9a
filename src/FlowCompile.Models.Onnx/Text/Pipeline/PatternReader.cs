namespace FlowCompile.Models.Onnx;

/// <summary>Reads a <c>pattern</c> of tokenizer.json: a text, or a regular expression.</summary>
internal static class PatternReader
{
    /// <summary>Reads the pattern of a part.</summary>
    /// <returns>Where it is found in a text, in order and apart.</returns>
    /// <exception cref="ModelLoadException">It is missing, malformed or not supported.</exception>
    public static Func<string, List<(int Start, int Length)>> Read(JsonPart part)
    {
        var pattern = part.Optional("pattern") ?? throw part.Error("has no \"pattern\"");
        pattern.Only("String", "Regex");
        if (pattern.OptionalText("Regex") is { } expression)
        {
            try
            {
                return new SplitPattern(expression).Matches;
            }
            catch (FormatException error)
            {
                throw part.Unsupported($"a pattern that does not work here ({error.Message})", "use a model whose tokenizer does without");
            }
        }

        return pattern.Text("String") is { Length: > 0 } literal ? text => Find(text, literal) : throw part.Error("has an empty pattern");
    }

    private static List<(int Start, int Length)> Find(string text, string literal)
    {
        List<(int, int)> found = [];
        for (var at = 0; (at = text.IndexOf(literal, at, StringComparison.Ordinal)) >= 0; at += literal.Length)
        {
            found.Add((at, literal.Length));
        }

        return found;
    }
}
