using FlowCompile.Compilation;
using FlowCompile.Plans;
using FlowCompile.Profiling.Testing;

namespace FlowCompile.Tool.Output;

/// <summary>What a held-out test found: the plan's configurations and the uniform ones, measured end to end.</summary>
internal sealed class TestReport
{
    public TestReport(WorkflowPlan plan, IReadOnlyList<HeldOutResult> compiled, IReadOnlyList<HeldOutResult> uniform, int cases)
    {
        Plan = plan;
        Compiled = compiled;
        Uniform = uniform;
        Cases = cases;
        Gain = EqualAccuracyComparison.Of(compiled, uniform);
        Measured = [.. compiled.Where(result => result.Latency is not null)];
        Accuracy = Of(result => result.Configuration.Estimate!.Accuracy, result => result.Accuracy.Value!.Value);
        Latency = Of(result => result.Configuration.Estimate!.LatencySeconds, result => result.Latency!.Value.Mean.TotalSeconds);
    }

    public WorkflowPlan Plan { get; }

    public IReadOnlyList<HeldOutResult> Compiled { get; }

    public IReadOnlyList<HeldOutResult> Uniform { get; }

    public int Cases { get; }

    /// <summary>What the cases are.</summary>
    public string CasesAre { get; init; } = "held-out cases";

    /// <summary>What was run and is in a table of its own.</summary>
    public IEnumerable<HeldOutResult> All => Compiled.Concat(Uniform).Concat(Baselines.Select(one => one.Result));

    /// <summary>The compiled configurations that finished a run.</summary>
    public IReadOnlyList<HeldOutResult> Measured { get; }

    public EqualAccuracyComparison? Gain { get; }

    public FidelityOf Accuracy { get; }

    public FidelityOf Latency { get; }

    /// <summary>The proxies side by side over the plan's configurations and random ones, where those were run.</summary>
    public FidelityComparison? Proxies { get; init; }

    /// <summary>What somebody would choose without a compiler, run end to end, where a profile is there to choose by.</summary>
    public IReadOnlyList<(BaselineKind Kind, HeldOutResult Result)> Baselines { get; init; } = [];

    /// <summary>The baselines that the profile does not know, and so cannot choose.</summary>
    public IReadOnlyList<UnmeasuredBaseline> Unmeasured { get; init; } = [];

    private FidelityOf Of(Func<HeldOutResult, double> predicted, Func<HeldOutResult, double> measured)
    {
        List<double> x = [.. Measured.Select(predicted)], y = [.. Measured.Select(measured)];
        return new FidelityOf(Fidelity.Spearman(x, y), Fidelity.PairwiseAgreement(x, y), Fidelity.MeanAbsoluteError(x, y));
    }

    /// <summary>How well a prediction was met, over the plan's configurations.</summary>
    internal readonly record struct FidelityOf(double? Spearman, double? PairwiseAgreement, double? MeanAbsoluteError);
}
