using System.Globalization;
using FlowCompile.Compilation;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>
/// How well the law of repeated calls says of more calls than it was given how often one at least is right: it is given the first repetitions of a
/// profile, and held against all of them.
/// </summary>
internal static class Repetitions
{
    /// <summary>Writes a table.</summary>
    /// <param name="summary">A profile with repetitions.</param>
    public static void Run(ProfileSummary summary)
    {
        // By setting, the scores of each case in the order of the repetitions.
        var settings = summary.Outcomes.Where(one => !one.Outcome.Failed && one.Cell.Candidates == 0 && one.Cell.InputsRight)
            .GroupBy(one => (one.Cell.Node, one.Cell.Setting))
            .Select(group => group.GroupBy(one => one.Cell.CaseId).Select(cells => cells.OrderBy(one => one.Cell.Repetition).Select(one => one.Outcome.Score!.Value).ToArray()).ToList())
            .ToList();
        var most = settings.Max(cases => cases.Max(scores => scores.Length));
        settings = [.. settings.Select(cases => cases.FindAll(scores => scores.Length == most)).Where(cases => cases.Count > 1)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{settings.Count} settings, {most} repetitions on up to {settings.Max(cases => cases.Count)} cases. One right call at least, the mean over the cases:"));
        Console.WriteLine();
        Console.WriteLine("| given | of | bias of the law | mean absolute error | bias of independent draws | mean absolute error |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (var given = 1; given < most; given++)
        {
            for (var calls = 2; calls <= most; calls++)
            {
                var errors = settings.ConvertAll(cases => ErrorsOf(cases, given, calls));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {given} | {calls} | {errors.Average(one => one.Law):0.0000} | {errors.Average(one => Math.Abs(one.Law)):0.0000} | {errors.Average(one => one.Independent):0.0000} | {errors.Average(one => Math.Abs(one.Independent)):0.0000} |"));
            }
        }
    }

    // All repetitions tell without bias how often of so many calls one at least is right.
    private static (double Law, double Independent) ErrorsOf(List<double[]> cases, int given, int calls)
    {
        var (law, all) = (new RepeatedCalls([.. cases.Select(scores => scores[..given])]), new RepeatedCalls(cases));
        return (
            cases.Average(scores => all.Right(scores, calls)[0] - law.Right(scores[..given], calls)[0]),
            cases.Average(scores => all.Right(scores, calls)[0] - Math.Pow(1 - scores[..given].Average(), calls)));
    }
}
