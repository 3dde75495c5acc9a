using FlowCompile.Compilation.Tests.Racing;
using FlowCompile.Profiling;

namespace FlowCompile.Compilation.Tests;

/// <summary>A baseline is the truth, within its interval, or it is not measured: the best of what was left understates it.</summary>
public sealed class UnmeasuredBaselineTests
{
    private const int Cases = 300;

    // Under setting 1 everywhere 287 of 300 are right. Setting 0 drafts a little better in a fifth of the time, so setting 1 is dropped for drafts; of what
    // is left, setting 0 everywhere is the best, and right in three of four.
    private static readonly List<ProfiledOutcome> s_all =
    [
        .. RaceOutcomes.Of("Draft", RaceOutcomes.At(0), Cases, 1, one => one % 30 != 7),
        .. RaceOutcomes.Of("Draft", RaceOutcomes.At(1), Cases, 5, one => one % 30 != 7 && one % 100 != 3),
        .. RaceOutcomes.Of("Check", RaceOutcomes.At(0), Cases, 1, one => one % 4 != 0),
        .. RaceOutcomes.Of("Check", RaceOutcomes.At(1), Cases, 1.2, _ => true),
    ];

    [Fact]
    public void After_a_race_the_best_uniform_is_the_truth_or_not_measured()
    {
        var truth = Of(Compile([]), BaselineKind.BestUniform)!.Configuration.Estimate!;
        Assert.Equal(287.0 / 300, truth.Accuracy, 1e-9);
        var dropped = new FrontierRace(RaceOutcomes.Graph, RaceOutcomes.Settings).Drop(s_all);
        Assert.Contains(dropped, one => one.Node == "Draft" && one.Setting == RaceOutcomes.At(1));

        var raced = Compile(dropped);

        Assert.Null(Of(raced, BaselineKind.BestUniform));
        var unknown = raced.UnmeasuredBaselines.Single(one => one.Kind == BaselineKind.BestUniform);
        Assert.Contains(new IncompleteSetting("Draft", RaceOutcomes.At(1), IncompleteCause.Dropped), unknown.Missing);

        // Nor is what chance gives the median of what the race left; there is no sub-agent that answers alone.
        Assert.Equal([BaselineKind.BestUniform, BaselineKind.Random], raced.UnmeasuredBaselines.Select(one => one.Kind));
        Assert.Empty(raced.Baselines);
    }

    [Fact]
    public void Where_all_was_measured_every_baseline_is_known()
    {
        var compiled = Compile([]);
        Assert.Empty(compiled.UnmeasuredBaselines);
        Assert.Equal([BaselineKind.BestUniform, BaselineKind.Random], compiled.Baselines.Select(one => one.Kind));
    }

    [Fact]
    public void What_failed_or_was_measured_on_a_few_cases_only_is_not_known()
    {
        List<ProfiledOutcome> failed =
        [
            .. s_all.Where(one => one.Cell.Node != "Draft" || one.Cell.Setting == RaceOutcomes.At(0)),
            .. RaceOutcomes.Of("Draft", RaceOutcomes.At(1), Cases, 5, _ => true, failed: true),
        ];
        Assert.Equal(IncompleteCause.Failed, Compile([], failed).UnmeasuredBaselines[0].Missing.Single().Cause);

        // A profile that goes on after a race, and was stopped.
        var few = s_all.FindAll(one => one.Cell.Node != "Draft" || one.Cell.Setting == RaceOutcomes.At(0) || int.Parse(one.Cell.CaseId[1..], null) < 100);
        Assert.Equal(IncompleteCause.Partial, Compile([], few).UnmeasuredBaselines[0].Missing.Single().Cause);
    }

    private static Baseline? Of(CompiledFrontier compiled, BaselineKind kind) => compiled.Baselines.FirstOrDefault(one => one.Kind == kind);

    private static CompiledFrontier Compile(IReadOnlyList<DroppedSetting> dropped, List<ProfiledOutcome>? outcomes = null)
    {
        var manifest = new ProfileManifest
        {
            Workflow = RaceOutcomes.Graph.Name,
            GraphHash = RaceOutcomes.Graph.Hash,
            Cases = Cases,
            CasesHash = "",
            Seed = 1,
            Reference = "",
            WeakReference = "",
            Models = [],
            Dropped = dropped,
            Concurrency = 1,
            Machine = "",
        };
        var left = (outcomes ?? s_all).Where(one => !dropped.Any(drop => drop.Node == one.Cell.Node && drop.Setting == one.Cell.Setting));
        return FlowCompiler.Compile(ProfileTable.From(RaceOutcomes.Graph, ProfileSummary.Of(manifest, left, RaceOutcomes.Settings)));
    }
}
