namespace FlowCompile.Scoring;

/// <summary>Finds the parts of an answer by its brackets.</summary>
internal static class TokenRange
{
    /// <summary>Cuts at symbols that stand outside of all brackets. One part where there is none.</summary>
    public static List<IReadOnlyList<MathToken>> Split(IReadOnlyList<MathToken> tokens, params string[] symbols)
    {
        var parts = new List<IReadOnlyList<MathToken>>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            depth += Step(tokens[i]);
            if (depth == 0 && tokens[i].Kind == MathTokenKind.Symbol && symbols.Contains(tokens[i].Text))
            {
                parts.Add([.. tokens.Skip(start).Take(i - start)]);
                start = i + 1;
            }
        }

        parts.Add([.. tokens.Skip(start)]);
        return parts;
    }

    /// <summary>Cuts at signs of union, a plain U between brackets included.</summary>
    public static List<IReadOnlyList<MathToken>> SplitUnion(IReadOnlyList<MathToken> tokens)
    {
        List<MathToken> read = [.. tokens];
        for (var i = 1; i < read.Count - 1; i++)
        {
            if (read[i] is { Kind: MathTokenKind.Letter, Text: "U" } && Step(read[i - 1]) < 0 && Step(read[i + 1]) > 0)
            {
                read[i] = new MathToken(MathTokenKind.Symbol, "∪");
            }
        }

        return Split(read, "∪");
    }

    /// <summary>How many brackets are open at a token.</summary>
    public static int DepthAt(IReadOnlyList<MathToken> tokens, int index)
    {
        var depth = 0;
        for (var i = 0; i <= index; i++)
        {
            depth += Step(tokens[i]);
        }

        return depth;
    }

    /// <summary>Whether the first token is a bracket that the last one closes.</summary>
    public static bool IsBracketed(IReadOnlyList<MathToken> tokens)
    {
        if (tokens.Count < 2 || tokens[0].Text is not ("(" or "[" or "{" or "{{" or "⟨") || Step(tokens[0]) != 1)
        {
            return false;
        }

        var depth = 0;
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            depth += Step(tokens[i]);
            if (depth == 0)
            {
                return false;
            }
        }

        return depth + Step(tokens[^1]) == 0;
    }

    /// <summary>The name and body of a matrix, where the tokens are one.</summary>
    public static (string Name, IReadOnlyList<MathToken> Body)? Environment(IReadOnlyList<MathToken> tokens)
    {
        // \begin { p m a t r i x } ... \end { p m a t r i x }
        var open = Name(tokens, 0, out var body);
        if (open is null || tokens.Count(token => token.IsCommand("begin")) != 1)
        {
            return null;
        }

        var end = body;
        while (end < tokens.Count && !tokens[end].IsCommand("end"))
        {
            end++;
        }

        if (end == tokens.Count || Name(tokens, end, out var rest) != open || rest != tokens.Count)
        {
            return null;
        }

        // The columns of an array: {ccc}.
        if (open == "array" && body < end && tokens[body].Is("{"))
        {
            while (body < end && !tokens[body++].Is("}"))
            {
            }
        }

        return open is "matrix" or "pmatrix" or "bmatrix" or "Bmatrix" or "vmatrix" or "smallmatrix" or "array"
            ? (open, [.. tokens.Skip(body).Take(end - body)])
            : null;
    }

    private static string? Name(IReadOnlyList<MathToken> tokens, int at, out int after)
    {
        after = at + 2;
        if (tokens.Count < at + 2 || tokens[at].Kind != MathTokenKind.Command || tokens[at].Text is not ("begin" or "end") || !tokens[at + 1].Is("{"))
        {
            return null;
        }

        var name = "";
        while (after < tokens.Count && !tokens[after].Is("}"))
        {
            name += tokens[after++].Text;
        }

        after++;
        return name;
    }

    private static int Step(MathToken token) => token.Kind switch
    {
        MathTokenKind.Symbol => token.Text switch
        {
            "(" or "[" or "{" or "{{" or "⟨" or "⌊" or "⌈" => 1,
            ")" or "]" or "}" or "}}" or "⟩" or "⌋" or "⌉" => -1,
            _ => 0,
        },
        MathTokenKind.Command => token.Text == "begin" ? 1 : token.Text == "end" ? -1 : 0,
        _ => 0,
    };
}
