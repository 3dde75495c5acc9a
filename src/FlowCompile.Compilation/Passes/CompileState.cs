using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>What the passes work on.</summary>
internal sealed class CompileState(ProfileTable profile, CompileOptions options, CancellationToken cancellationToken)
{
    private readonly List<CompileStep> _steps = [];

    public WorkflowGraph Graph => profile.Graph;

    public ProfileTable Profile => profile;

    public CompileOptions Options => options;

    public CancellationToken CancellationToken => cancellationToken;

    public IReadOnlyList<CompileStep> Steps => _steps;

    /// <summary>What configurations are estimated with once they are whole.</summary>
    public IProxy Proxy { get; } = new IndependentProxy(profile, options.Schedule, options.Branches);

    /// <summary>By node, the settings left; in one order whatever order they were declared in.</summary>
    public SettingProfile[][] Rows { get; set; } = [];

    /// <summary>By node, how many settings the search space allows.</summary>
    public int[] Allowed { get; set; } = [];

    public FrontierSolver Solver { get; set; } = null!;

    public IReadOnlyList<DecomposedStructure> Decomposed { get; set; } = [];

    public IReadOnlyList<SolvedStructure> Solved { get; set; } = [];

    /// <summary>How much accuracy the frontier may have lost.</summary>
    public double AccuracyLoss { get; set; }

    /// <summary>How many configurations there are.</summary>
    public double Space { get; set; }

    /// <summary>The points left, each a structure and a place in its front.</summary>
    public IReadOnlyList<(SolvedStructure Structure, int Point)> Points { get; set; } = [];

    public IReadOnlyList<WorkflowConfiguration> Configurations { get; set; } = [];

    public void Record(ICompilePass pass, string subject, string text) => _steps.Add(new CompileStep(pass.Name, subject, text));
}
