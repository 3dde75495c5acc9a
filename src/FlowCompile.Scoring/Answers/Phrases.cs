namespace FlowCompile.Scoring;

/// <summary>What words say that stand for an answer.</summary>
internal static class Phrases
{
    private static readonly HashSet<string> s_nothing = new(StringComparer.Ordinal)
    {
        "no solution", "no solutions", "no real solution", "no real solutions", "none", "empty set", "no answer", "no such numbers", "no real roots", "no roots", "no root", "null set", "no integer solutions",
    };

    private static readonly HashSet<string> s_denials = new(StringComparer.OrdinalIgnoreCase)
    {
        "not", "no", "never", "neither", "nor", "cannot", "isn", "aren", "doesn", "wasn", "without", "unlike", "instead", "except", "wrong", "incorrect", "impossible",
    };

    /// <summary>Whether words say that there is no solution.</summary>
    public static bool IsNothing(string words) => s_nothing.Contains(words);

    /// <summary>Whether a word denies what stands beside it.</summary>
    public static bool IsDenial(string word) => s_denials.Contains(word);

    /// <summary>One wording for those that say the same.</summary>
    public static string Canonical(string words) => words switch
    {
        "does not exist" or "dne" or "doesn't exist" or "undefined" or "not defined" or "limit does not exist" => "undefined",
        _ => words,
    };
}
