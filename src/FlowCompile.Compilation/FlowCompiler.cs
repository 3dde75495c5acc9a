using System.Numerics;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Compiles a profile into the plan of a workflow: the exact frontier over all its structures and settings, without looking at each
/// configuration. The same profile gives the same plan.
/// </summary>
public static class FlowCompiler
{
    private static readonly ICompilePass[] s_passes =
    [
        new FilterPass(), // before pruning: a forbidden setting dominates nothing
        new PruneSettingsPass(), // early: every setting gone shrinks all that follows
        new DecomposePass(),
        new ComposePass(),
        new MergeStructuresPass(), // after composing: a structure is beaten by points of others
        new WidenPass(), // this and the next three for the paired proxy only: what the recorded outcomes decide comes back
        new ReestimatePass(),
        new ImprovePass(), // after re-estimating: it looks around what stays
        new ProvePass(), // after improving: the better what was found, the less is left to look at
        new KeepFrontierPass(), // only what is left is estimated once more, whole
        new SingleSubAgentsPass(), // what dominates them may have been chosen among many
        new AllowForChoicePass(), // after keeping the frontier: what stays was chosen
        new FoldPass(), // after correcting: what was only chosen is told apart from nothing
        new VerifyPass(), // of what is in the plan: nothing else was run
        new FoldVerifiedPass(), // after verifying: structures are corrected by different amounts
        new NamePass(),
    ];

    /// <summary>The names of the passes, in order.</summary>
    public static IReadOnlyList<string> Passes => [.. s_passes.Select(pass => pass.Name)];

    /// <summary>Compiles a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="options">What to compile for.</param>
    /// <param name="provenance">Where the profile comes from, for the plan.</param>
    /// <param name="cancellationToken">Ends the compilation.</param>
    /// <exception cref="CompileException">There is nothing to compile, or no way to; the message says what and why.</exception>
    public static CompiledFrontier Compile(
        ProfileTable profile, CompileOptions? options = null, PlanProvenance? provenance = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        options ??= new CompileOptions();
        Check(profile.Graph, options);
        if (options.Schedule == Schedule.Superstep && profile.Recorded is null)
        {
            throw new CompileException(
                "The paired proxy needs a measured profile, and the independent one has no frontier under the superstep schedule; choose 'parallel' or 'sequential'.");
        }

        var state = new CompileState(profile, options, cancellationToken);
        foreach (var pass in s_passes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pass.Run(state);
        }

        var loss = state.Paired is null ? state.AccuracyLoss : state.ProvenLoss;
        var folded = Folded(state);
        return new CompiledFrontier
        {
            Plan = new WorkflowPlan(
                profile.Graph.Name, profile.Graph.Hash, state.Proxy.Name, options.Schedule.ToName(), state.Configurations, provenance)
            {
                Objectives = options.Objectives.ToNames(),
                AccuracyLoss = loss,
                Folded = folded.Count > 0 ? folded.Count : null,
                FoldedLoss = folded.Count > 0 ? folded.Max(LossOf) : null,
                Cells = PlanCells.Of(profile, state.Configurations),
                Verification = state.Verification,
            },
            Steps = state.Steps,
            AccuracyLoss = loss,
            Folded = folded,
            Differences = state.Differences,
            Rivals = state.Rivals,
            Structures = state.Decomposed.Count,
            Configurations = state.Space,
            LazyBaselines = new(() => BaselineFinder.Find(profile, state.Proxy)),
            LazyUnmeasuredBaselines = new(() => BaselineFinder.FindUnmeasured(profile)),
        };
    }

    private static List<FoldedConfiguration> Folded(CompileState state) =>
    [
        .. state.Folded.OrderBy(one => one.Into).GroupBy(one => one.Into).SelectMany(group => group.Select((one, i) => new FoldedConfiguration(
            new WorkflowConfiguration(FormattableString.Invariant($"{state.Configurations[one.Into].Id}/{i + 1}"), one.One.Structure, one.One.Settings, one.One.Estimate),
            state.Configurations[one.Into],
            one.Difference))),
    ];

    private static double LossOf(FoldedConfiguration one) =>
        Math.Max(0, one.Configuration.Estimate!.RecordedAccuracy!.Value - one.Into.Estimate!.RecordedAccuracy!.Value);

    /// <summary>Says what of the options no profile of a workflow could be compiled for, before anything is measured.</summary>
    /// <param name="graph">The workflow's graph.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="CompileException">They ask for what there is not; the message says what.</exception>
    public static void Check(WorkflowGraph graph, CompileOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        if (BitOperations.PopCount((uint)options.Objectives) < 2)
        {
            throw new CompileException("A frontier needs two objectives or more: choose among accuracy, latency, cost and energy.");
        }

        if (options.MaxAccuracyLoss is not (> 0 and <= 1))
        {
            throw new CompileException("The accuracy that a large graph may lose must be above 0 and at most 1.");
        }

        if (options is { Schedule: Schedule.Superstep, Proxy: ProxyKind.Independent })
        {
            throw new CompileException(
                "The independent proxy has no frontier under the superstep schedule, whose levels tie parts together; choose 'parallel' or 'sequential', or the paired proxy on a measured profile.");
        }

        FilterPass.Check(graph, options.Space);
    }
}
