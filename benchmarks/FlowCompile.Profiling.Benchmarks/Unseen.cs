using System.Globalization;
using FlowCompile.Compilation;
using FlowCompile.Plans;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>
/// Plans compiled on some cases of an exhaustive profile, with their configurations estimated on all others, which had no part in choosing them.
/// </summary>
internal static class Unseen
{
    private static readonly int[] s_cases = [40, 80, 150, 300];

    /// <summary>Compiles and writes a table.</summary>
    /// <param name="experiment">What was measured.</param>
    /// <param name="summary">The exhaustive profile.</param>
    /// <param name="draws">How often cases are drawn, one at least.</param>
    /// <param name="first">The first draw's seed.</param>
    public static void Run(Experiment experiment, ProfileSummary summary, int draws, int first)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{experiment.Graph.Name}, {summary.Manifest.Cases} cases, draws {first} to {first + draws - 1}."));
        Console.WriteLine();
        Console.WriteLine("| compiled on | plan | configurations | bias, recorded | bias | mean absolute error, recorded | mean absolute error | within, of the proxy alone | its width | within, of the plan | its width |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var cases in s_cases.Where(cases => cases <= summary.Manifest.Cases / 2))
        {
            var plans = Enumerable.Range(first, draws).Select(draw => Draw(experiment, summary, cases, draw)).ToList();
            Write($"| {cases} cases | told apart |", [.. plans.Select(pair => pair.Apart)]);
            Write("| | whole |", [.. plans.Select(pair => pair.Whole)]);
        }
    }

    // Every plan counts the same, however many configurations it has.
    private static void Write(string start, List<List<(Estimate Plan, Estimate Alone, Estimate Unseen)>> plans)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{start} {plans.Average(plan => plan.Count):0} | {Mean(one => one.Alone.Accuracy - one.Unseen.Accuracy):0.000} | {Mean(one => one.Plan.Accuracy - one.Unseen.Accuracy):0.000} | {Mean(one => Math.Abs(one.Alone.Accuracy - one.Unseen.Accuracy)):0.000} | {Mean(one => Math.Abs(one.Plan.Accuracy - one.Unseen.Accuracy)):0.000} | {Mean(one => IsWithin(one.Alone, one.Unseen)):0 %} | {Mean(one => WidthOf(one.Alone)):0.000} | {Mean(one => IsWithin(one.Plan, one.Unseen)):0 %} | {Mean(one => WidthOf(one.Plan)):0.000} |"));

        double Mean(Func<(Estimate Plan, Estimate Alone, Estimate Unseen), double> of) => plans.Average(plan => plan.Average(of));
    }

    private static (List<(Estimate Plan, Estimate Alone, Estimate Unseen)> Apart, List<(Estimate Plan, Estimate Alone, Estimate Unseen)> Whole) Draw(
        Experiment experiment, ProfileSummary summary, int cases, int draw)
    {
        string[] ids = [.. summary.Outcomes.Select(one => one.Cell.CaseId).Distinct().Order(StringComparer.Ordinal)];
        new Random(draw).Shuffle(ids);
        var seen = ids[..cases].ToHashSet(StringComparer.Ordinal);
        var table = TableOf(true);
        var (proxy, unseen) = (new PairedProxy(table.Recorded!, experiment.Options.Schedule), new PairedProxy(TableOf(false).Recorded!, experiment.Options.Schedule));
        return (Compile(false), Compile(true));

        List<(Estimate Plan, Estimate Alone, Estimate Unseen)> Compile(bool keepAll) =>
        [
            .. FlowCompiler.Compile(table, experiment.Options with { KeepAll = keepAll }).Plan.Configurations.Select(one => (one.Estimate!, proxy.Estimate(one), unseen.Estimate(one))),
        ];

        ProfileTable TableOf(bool isSeen) => ProfileTable.From(experiment.Graph, ProfileSummary.Of(
            summary.Manifest, summary.Outcomes.Where(one => seen.Contains(one.Cell.CaseId) == isSeen), experiment.Settings));
    }

    // The accuracy on the other cases has a sampling error of its own, which is added.
    private static double IsWithin(Estimate estimate, Estimate unseen)
    {
        var (own, other) = (estimate.AccuracyInterval!.Value, WidthOf(unseen) / 2);
        var allowed = unseen.Accuracy < estimate.Accuracy ? estimate.Accuracy - own.Low : own.High - estimate.Accuracy;
        return Math.Abs(unseen.Accuracy - estimate.Accuracy) <= Math.Sqrt((allowed * allowed) + (other * other)) ? 1 : 0;
    }

    private static double WidthOf(Estimate estimate) => estimate.AccuracyInterval!.Value.High - estimate.AccuracyInterval.Value.Low;
}
