using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>What the passes work on.</summary>
internal sealed class CompileState(ProfileTable profile, CompileOptions options, CancellationToken cancellationToken)
{
    private readonly List<CompileStep> _steps = [];
    private readonly IProxy _independent = new IndependentProxy(profile, options.Schedule, options.Branches ?? profile.Branches);

    public WorkflowGraph Graph => Profile.Graph;

    public ProfileTable Profile { get; } = profile;

    public CompileOptions Options => options;

    /// <summary>
    /// The schedule of the independent frontier. Supersteps tie the parts of a workflow together; the critical path finds configurations
    /// near theirs, and the search on the recorded outcomes goes on from there.
    /// </summary>
    public Schedule SolverSchedule => options.Schedule == Schedule.Superstep ? Schedule.Parallel : options.Schedule;

    public CancellationToken CancellationToken => cancellationToken;

    public IReadOnlyList<CompileStep> Steps => _steps;

    /// <summary>The paired proxy, where it is asked for and the profile has what it needs.</summary>
    public PairedProxy? Paired { get; } = options.Proxy == ProxyKind.Paired && profile.Recorded is { } recorded
        ? new PairedProxy(recorded, options.Schedule, options.Branches ?? profile.Branches)
        : null;

    /// <summary>How often each branch is taken.</summary>
    public BranchProbabilities Branches { get; } = options.Branches ?? profile.Branches;

    /// <summary>What configurations are estimated with once they are whole.</summary>
    public IProxy Proxy => Paired ?? _independent;

    /// <summary>By node, the settings left; in one order whatever order they were declared in.</summary>
    public SettingProfile[][] Rows { get; set; } = [];

    /// <summary>The profile without the settings that the search space forbids.</summary>
    public ProfileTable Allowed { get; set; } = profile;

    /// <summary>What the calls of each sub-agent may run under, of the settings allowed.</summary>
    public CallOptions CallOptions { get; set; } = new(profile, options.SettingPerCall);

    public FrontierSolver Solver { get; set; } = null!;

    public IReadOnlyList<DecomposedStructure> Decomposed { get; set; } = [];

    public IReadOnlyList<SolvedStructure> Solved { get; set; } = [];

    /// <summary>How much accuracy the independent frontier may have lost.</summary>
    public double AccuracyLoss { get; set; }

    /// <summary>How many configurations there are.</summary>
    public double Space { get; set; }

    /// <summary>The points left, each a structure and a place in its front.</summary>
    public IReadOnlyList<(SolvedStructure Structure, int Point)> Points { get; set; } = [];

    /// <summary>What the paired proxy looks at; none under the independent one.</summary>
    public IReadOnlyList<Candidate> Candidates { get; set; } = [];

    /// <summary>What the paired proxy has found; <see langword="null"/> under the independent one.</summary>
    public PairedSearch? Search { get; set; }

    /// <summary>All that the paired proxy looked at.</summary>
    public List<CandidateEntry> Looked { get; } = [];

    /// <summary>How much accuracy the paired frontier may have lost; <see langword="null"/> where nothing is proven.</summary>
    public double? ProvenLoss { get; set; }

    public IReadOnlyList<WorkflowConfiguration> Configurations { get; set; } = [];

    /// <summary>Single sub-agents that no other single one dominates, besides the configurations.</summary>
    public IReadOnlyList<WorkflowConfiguration> Singles { get; set; } = [];

    /// <summary>All single sub-agents that were looked at.</summary>
    public IReadOnlyList<CandidateEntry> LookedAlone { get; set; } = [];

    /// <summary>The whole frontier and the single sub-agents besides, with corrected estimates.</summary>
    public IReadOnlyList<WorkflowConfiguration> Rivals { get; set; } = [];

    /// <summary>What the frontier was chosen from, itself first; <see langword="null"/> where nothing is corrected for the choice.</summary>
    public ChoicePool? Pool { get; set; }

    /// <summary>What choosing has gained for each configuration of the frontier.</summary>
    public IReadOnlyList<double> Gains { get; set; } = [];

    /// <summary>Says which accuracies can be told apart; <see langword="null"/> where accuracy is no objective, and under the independent proxy.</summary>
    public AccuracyDifferences? Differences { get; set; }

    /// <summary>What was folded into which configuration, by its place.</summary>
    public IReadOnlyList<(WorkflowConfiguration One, int Into, AccuracyDifference Difference)> Folded { get; set; } = [];

    /// <summary>What runs of the whole workflow have shown; <see langword="null"/> where none was made.</summary>
    public PlanVerification? Verification { get; set; }

    public void Record(ICompilePass pass, string subject, string text) => _steps.Add(new CompileStep(pass.Name, subject, text));
}
