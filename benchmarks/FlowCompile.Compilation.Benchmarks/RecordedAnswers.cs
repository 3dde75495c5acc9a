using System.Globalization;
using System.IO.Compression;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>
/// Answers of real models to the same questions, from a table of recorded outcomes. Nothing says how long a call took, so the length of the answer stands for it:
/// a thousand characters are a second.
/// </summary>
/// <param name="Settings">The models.</param>
/// <param name="Answers">By question and model the answers, in the order in which they were recorded.</param>
internal sealed record RecordedAnswers(IReadOnlyList<string> Settings, IReadOnlyList<RecordedAnswer[][]> Answers)
{
    private const double CharactersPerSecond = 1000;
    private const double Right = 0.99;

    /// <summary>Reads a table: query_id, task, setting, model, budget, run, correct, ..., out_chars, extra.</summary>
    /// <param name="path">The packed file.</param>
    /// <param name="isAsked">Which rows count, by the id of the question.</param>
    /// <param name="runs">How many answers of each model to a question are needed; others are left out, and so are models that have too few for most questions.</param>
    public static RecordedAnswers Read(string path, Func<string, bool> isAsked, int runs)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] names = reader.ReadLine()!.Split(',');
        var (setting, correct, characters) = (Array.IndexOf(names, "setting"), Array.IndexOf(names, "correct"), Array.IndexOf(names, "out_chars"));
        var found = new Dictionary<(string Question, string Setting), List<RecordedAnswer>>();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            if (isAsked(cells[0]) && cells[correct].Length > 0 && cells[characters].Length > 0)
            {
                var key = (cells[0], cells[setting]);
                found.TryAdd(key, []);
                found[key].Add(new RecordedAnswer(
                    double.Parse(cells[correct], CultureInfo.InvariantCulture) >= Right, double.Parse(cells[characters], CultureInfo.InvariantCulture) / CharactersPerSecond));
            }
        }

        var whole = found.Where(pair => pair.Value.Count >= runs).ToDictionary(pair => pair.Key, pair => pair.Value.Take(runs).ToArray());
        var most = whole.Keys.GroupBy(key => key.Setting).Max(group => group.Count());
        string[] settings = [.. whole.Keys.GroupBy(key => key.Setting).Where(group => group.Count() >= 0.98 * most).Select(group => group.Key).Order(StringComparer.Ordinal)];
        return new RecordedAnswers(settings, [
            .. whole.Keys.Select(key => key.Question).Distinct().Order(StringComparer.Ordinal).Where(question => settings.All(one => whole.ContainsKey((question, one))))
                .Select(question => settings.Select(one => whole[(question, one)]).ToArray()),
        ]);
    }
}
