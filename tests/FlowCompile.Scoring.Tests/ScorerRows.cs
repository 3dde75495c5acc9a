using System.Globalization;

namespace FlowCompile.Scoring.Tests;

/// <summary>A file of pairs with the right score: kind, scorer, gold, answer, score.</summary>
internal static class ScorerRows
{
    /// <summary>The rows that a file has, and what each is scored.</summary>
    public static IReadOnlyList<ScorerRow> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0 && !line.StartsWith('%')).Select(line => Parse(line.Split('\t')))];

    /// <summary>A file of these tests.</summary>
    public static string Local(string name) => Path.Combine(AppContext.BaseDirectory, name);

    /// <summary>A file of the folder <c>shared</c> beside the repository.</summary>
    public static string Shared(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine([folder.FullName, "..", "shared", .. path]);
            if (File.Exists(Path.Combine(folder.FullName, "FlowCompile.sln")) && File.Exists(file))
            {
                return file;
            }
        }

        throw new FileNotFoundException($"The folder 'shared' beside the repository has no {string.Join('/', path)}.");
    }

    public static double Score(ScorerRow row, string gold, string answer) => row.Scorer switch
    {
        "M" => Scorers.Mathematical(gold, answer),
        "N" => Scorers.Numeric(gold, answer),
        "F" => Scorers.TokenF1(gold, answer),
        _ => throw new InvalidDataException($"no scorer '{row.Scorer}'"),
    };

    private static ScorerRow Parse(string[] cells) => cells is [var kind, var scorer, var gold, var answer, var right]
        ? new ScorerRow(kind, scorer, Lines(gold), Lines(answer), double.Parse(right, CultureInfo.InvariantCulture))
        : throw new InvalidDataException($"not five cells: {string.Join(" | ", cells)}");

    private static string Lines(string cell) => cell.Replace("<NL>", "\n", StringComparison.Ordinal);
}
