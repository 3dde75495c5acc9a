using FlowCompile.Compilation.Tests.KnownTruth;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>Plans of some of the questions that real models have answered, held against the others.</summary>
internal static class RecordedBias
{
    /// <summary>The tables that are read, and how many answers of each model count.</summary>
    public static readonly (string Name, string File, Func<string, bool> IsAsked, int Runs)[] Tables =
    [
        ("gsm", "zeroeval_gsm_math_crux.csv.gz", id => id.StartsWith("gsm/", StringComparison.Ordinal), 1),
        ("math-l5", "zeroeval_gsm_math_crux.csv.gz", id => id.StartsWith("math-l5/", StringComparison.Ordinal), 1),
        ("crux", "zeroeval_gsm_math_crux.csv.gz", id => id.StartsWith("crux/", StringComparison.Ordinal), 1),
        ("reasoning gym", "reasoning_gym.csv.gz", id => id.StartsWith("easy/", StringComparison.Ordinal), 3),
    ];

    /// <summary>Writes a table.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="folder">The folder of the recorded outcomes.</param>
    /// <param name="plans">How many plans of each, 2 at least.</param>
    public static void Write(TextWriter writer, string folder, int plans)
    {
        writer.WriteLine("| answers | models | compiled on | plans | configurations | bias, recorded | bias | its standard error | mean absolute error |");
        writer.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, file, isAsked, runs) in Tables)
        {
            var answers = RecordedAnswers.Read(Path.Combine(folder, file), isAsked, runs);
            foreach (var cases in (int[])[80, 150, 300])
            {
                var found = KnownBias.Of(
                    seed => Draw(answers, cases, seed) is var (seen, others)
                        ? (AnswerWorkflows.Single(answers, seen), one => new PairedProxy(AnswerWorkflows.Single(answers, others).Recorded!, Schedule.Parallel).Evaluate(one.Structure, one.Settings).Accuracy)
                        : default,
                    plans,
                    first: 1);
                writer.WriteLine(FormattableString.Invariant(
                    $"| {name} | {answers.Settings.Count} | {cases} of {answers.Answers.Count} | {found.Plans} | {found.Points:0.0} | {found.Recorded:0.0000} | {found.Bias:0.0000} | {found.Error:0.0000} | {found.Absolute:0.0000} |"));
                writer.Flush();
            }
        }
    }

    /// <summary>Draws questions.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="cases">How many to compile on.</param>
    /// <param name="seed">What to draw with.</param>
    /// <returns>Those, and the others.</returns>
    public static (int[] Seen, int[] Others) Draw(RecordedAnswers answers, int cases, int seed)
    {
        int[] order = [.. Enumerable.Range(0, answers.Answers.Count)];
        new Random(seed).Shuffle(order);
        return (order[..cases], order[cases..]);
    }
}
