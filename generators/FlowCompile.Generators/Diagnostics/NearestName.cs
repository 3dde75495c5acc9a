namespace FlowCompile.Generators.Diagnostics;

/// <summary>Finds the name somebody most likely meant.</summary>
internal static class NearestName
{
    // A hostile name must not cost quadratic time.
    private const int Longest = 64;

    /// <summary>A clause that helps with an unknown name: the nearest known one, or all of them where none is near.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> known) =>
        Find(name, known) is { } nearest ? $"did you mean '{nearest}'?"
        : known.Count == 0 ? "there are none"
        : $"use one of: {string.Join(", ", known)}";

    /// <summary>What a code fix needs to correct an unknown name.</summary>
    public static FixFacts Correction(string name, IReadOnlyCollection<string> known) =>
        new FixFacts().With(FixFacts.Name, name).With(FixFacts.Nearest, Find(name, known));

    /// <summary>The nearest known name, where one is near.</summary>
    public static string? Find(string name, IReadOnlyCollection<string> known) => known
        .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
        .Where(pair => pair.Distance <= Math.Max(1, pair.Name.Length / 3))
        .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal)
        .Select(pair => pair.Name)
        .FirstOrDefault();

    /// <summary>Edit distance, letter case aside; two letters that changed places are one edit.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > Longest || b.Length > Longest)
        {
            return int.MaxValue;
        }

        var before = new int[b.Length + 1];
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(previous[j - 1] + (Same(i, j) ? 0 : 1), 1 + Math.Min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && Same(i, j - 1) && Same(i - 1, j))
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            (before, previous) = (previous, current);
        }

        return previous[b.Length];

        bool Same(int i, int j) => char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
    }
}
