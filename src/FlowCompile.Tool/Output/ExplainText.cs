using System.Globalization;
using FlowCompile.Compilation;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Output;

/// <summary>Shows how a frontier came about, or what became of one configuration.</summary>
internal static class ExplainText
{
    private const int MostShown = 5;

    public static void Write(ExplainReport report)
    {
        if (report.Asked is { } asked)
        {
            WriteConfiguration(report, asked);
            return;
        }

        var plan = report.Compiled.Plan;
        Results.Heading($"{report.Graph.Name}: what each pass did, under the {plan.Proxy} proxy and the {plan.Schedule} schedule");
        Results.Table(["pass", "of", "what it did and why"], FlowCompiler.Passes.SelectMany(pass => Steps(report, pass)));
        Results.Heading($"{report.Graph.Name}: where improving would pay");
        Results.Table(
            ["", ">accuracy", ">latency", ">a point more adds", "of", ">a second less saves", "of", "configuration"],
            plan.Configurations.Select(one => Levers(report, one)));
        BaselineTable.Write(BaselineReport.Of(report.Compiled), report.Graph);
    }

    private static IEnumerable<IReadOnlyList<ShownText>> Steps(ExplainReport report, string pass)
    {
        var steps = report.Compiled.Steps.Where(step => step.Pass == pass).ToList();
        return steps.Count == 0 ? [[pass, "", "nothing to do"]]
            : steps.Select((step, i) => (IReadOnlyList<ShownText>)[i == 0 ? pass : "", step.Subject, ShownText.OfMessage(step.Text)]);
    }

    private static IReadOnlyList<ShownText> Levers(ExplainReport report, WorkflowConfiguration configuration)
    {
        var all = report.Explainer.SensitivitiesOf(configuration);
        var accuracy = all.MaxBy(one => one.AccuracyPerPoint)!;
        var latency = all.MaxBy(one => one.LatencyPerSecond)!;
        return
        [
            configuration.Id,
            Results.Share(configuration.Estimate!.Accuracy),
            Results.Milliseconds(configuration.Estimate.LatencySeconds),
            Gain(accuracy.AccuracyPerPoint),
            accuracy.SubAgent,
            Seconds(latency.LatencyPerSecond),
            latency.SubAgent,
            Results.Configuration(configuration.ToText(report.Graph)),
        ];
    }

    private static void WriteConfiguration(ExplainReport report, ConfigurationExplanation asked)
    {
        Results.Heading($"{report.Graph.Name}: {Results.Configuration(asked.Text)}");
        Results.Line(Verdict(asked));
        foreach (var reason in asked.Reasons)
        {
            Results.Line($"  {ShownText.OfMessage(reason)}{(reason.EndsWith('?') ? "" : ".")}");
        }

        if (asked.Configuration is not { Estimate: { } estimate } configuration)
        {
            return;
        }

        var hasId = asked.Verdict is ConfigurationVerdict.OnFrontier or ConfigurationVerdict.Folded;
        EstimateTable.Write("", "", [(hasId ? configuration.Id : "", "", configuration)], report.Graph);
        if (estimate.RecordedAccuracy is { } recorded)
        {
            Results.Line($"Accuracy {Results.Share(recorded)} on the recorded cases; {Results.Share(estimate.Accuracy)} is what is left on others, as it was chosen for being high.");
        }

        if (asked.BeatsByNoise is { } rival)
        {
            Results.Line($"It is more accurate by noise only than {Results.Configuration(rival.Configuration.ToText(report.Graph))}: by {Difference(rival.Difference)}.");
        }

        if (estimate.Cases is { } cases)
        {
            Results.Line($"90 % intervals over {Results.Count(cases, "case")}: {ShownText.Join(", ", Intervals(estimate))}.");
        }

        if (asked.DominatedBy.Count > 0)
        {
            Results.Table(
                ["as good or better", ">more accurate by", ">on other cases by", ">faster by", "configuration"],
                asked.DominatedBy.Take(MostShown).Select(one => (IReadOnlyList<ShownText>)
                [
                    one.By.Id, Results.Share(one.AccuracyGain), one.Difference is { } difference ? Difference(difference) : "", Results.Milliseconds(one.SecondsSaved),
                    Results.Configuration(one.By.ToText(report.Graph)),
                ]));
        }

        if (asked.StandsFor.Count > 0)
        {
            Results.Table(
                ["stands for", ">recorded", ">more accurate by", ">slower by", "configuration"],
                asked.StandsFor.Take(MostShown).Select(one => (IReadOnlyList<ShownText>)
                [
                    one.Configuration.Id, Results.Share(one.Configuration.Estimate!.RecordedAccuracy!.Value), Difference(one.Difference),
                    Results.Milliseconds(one.Configuration.Estimate.LatencySeconds - one.Into.Estimate!.LatencySeconds), Results.Configuration(one.Configuration.ToText(report.Graph)),
                ]));
        }

        Results.Table(
            ["sub-agent", "setting", ">calls", ">accuracy", ">latency", ">a point more adds", ">a second less saves"],
            asked.Sensitivities.Select(one => (IReadOnlyList<ShownText>)
            [
                one.SubAgent, one.Setting.ToString(), Results.Count(one.Calls), Results.Share(one.Accuracy), Results.Milliseconds(one.LatencySeconds),
                Gain(one.AccuracyPerPoint), Seconds(one.LatencyPerSecond),
            ]));
    }

    private static IEnumerable<string> Intervals(Estimate estimate)
    {
        (string Name, EstimateInterval? Interval, Func<double, string> Text)[] all =
        [
            ("accuracy", estimate.AccuracyInterval, Results.Share),
            ("latency", estimate.LatencyInterval, Results.Milliseconds),
            ("p50", estimate.LatencyP50Interval, Results.Milliseconds),
            ("p95", estimate.LatencyP95Interval, Results.Milliseconds),
            ("p99", estimate.LatencyP99Interval, Results.Milliseconds),
            ("cost", estimate.CostInterval, Results.Amount),
            ("energy", estimate.EnergyInterval, EstimateTable.Joules),
        ];
        return all.Where(one => one.Interval is not null).Select(one => $"{one.Name} {one.Text(one.Interval!.Value.Low)}..{one.Text(one.Interval.Value.High)}");
    }

    private static ShownText Verdict(ConfigurationExplanation asked)
    {
        var others = asked.DominatedBy.Count > 1 ? (ShownText)$" and {asked.DominatedBy.Count - 1} more" : "";
        return asked.Verdict switch
        {
            ConfigurationVerdict.OnFrontier => (ShownText)$"It is on the frontier as {asked.Configuration}.",
            ConfigurationVerdict.Folded =>
                $"It is on the frontier, and {asked.Folded!.Into} stands for it in the plan: that spends no more, and this one is more accurate by {Difference(asked.Folded.Difference)}, which cannot be told from noise.",
            ConfigurationVerdict.Dominated when asked.DominatedBy.All(one => one.IsMoreAccurateByNoiseOnly) =>
                $"It is not on the frontier: {asked.DominatedBy[0].By}{others} {(others.Length > 0 ? "are" : "is")} no worse in anything and better in something, but more accurate by noise only.",
            ConfigurationVerdict.Dominated => $"It is not on the frontier: {asked.DominatedBy[0].By}{others} {(others.Length > 0 ? "are" : "is")} no worse in anything and better in something.",
            ConfigurationVerdict.Equal => $"It is not on the frontier: {asked.DominatedBy[0].By} is as good in everything, and one of them is enough.",
            ConfigurationVerdict.Forbidden => "It is not on the frontier: the search space does not allow it.",
            ConfigurationVerdict.NotMeasured => "It cannot be on the frontier: it was not measured.",
            ConfigurationVerdict.Impossible => "It cannot be on the frontier: the workflow has no such structure.",
            _ => "It is not on the frontier, although nothing there is as good in everything: the search did not come across it.",
        };
    }

    private static ShownText Difference(AccuracyDifference difference) => string.Create(
        CultureInfo.InvariantCulture, $"{difference.Mean:0.0000} ({difference.Low:0.0000}..{difference.High:0.0000})");

    private static string Gain(double accuracyPerPoint) => accuracyPerPoint.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Seconds(double share) => string.Create(CultureInfo.InvariantCulture, $"{share:0.00} s");
}
