using System.Collections.Concurrent;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// The paired proxy: all sub-agents were measured on the same cases, so a configuration is composed case by case and then averaged. On one
/// case a sub-agent is right with the probability that its recorded calls on that case show, given whether its inputs are right; replicas
/// are right together as often as its repetitions were; a selector chooses right with the probability recorded for so many right candidates
/// among so many. Inference on a case is exact. Where the profile says how many calls run at once in a place, the calls of a run wait there
/// for one another.
/// </summary>
public sealed class PairedProxy : IProxy
{
    // Drawing what happens at a vertex takes so much longer than a multiplication.
    private const int DrawWork = 64;

    // In how many parts a plan has the latencies of right runs: a probability read from them is off by less than 1 in 40 of the accuracy.
    private const int RightLatencyParts = 40;
    private const double Rounding = 1e-9;
    private readonly RecordedOutcomes _recorded;
    private readonly BranchProbabilities _branches;
    private readonly ConcurrentDictionary<WorkflowStructure, PairedStructure> _structures = new();
    private readonly ConcurrentBag<(InferenceRun Inference, RunDraws Draws)> _buffers = [];
    private readonly Lazy<CaseBootstrap> _bootstrap;

    /// <summary>Creates the proxy.</summary>
    /// <param name="recorded">What was recorded of every call.</param>
    /// <param name="schedule">The schedule that latencies are estimated under.</param>
    /// <param name="branches">
    /// How often each branch is taken, of sub-agents that route only where that was not recorded of the case. Default: as recorded of the case,
    /// else as often as over all cases, and equally often where nothing was recorded.
    /// </param>
    public PairedProxy(RecordedOutcomes recorded, Schedule schedule, BranchProbabilities? branches = null)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        _recorded = recorded;
        _branches = branches?.WithOther(MeasuredBranches.AlsoOther(recorded)) ?? MeasuredBranches.Of(recorded);
        _bootstrap = new Lazy<CaseBootstrap>(() => new CaseBootstrap(recorded.Cases));
        Schedule = schedule;
    }

    /// <inheritdoc/>
    public string Name => "paired";

    /// <inheritdoc/>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public Estimate Estimate(WorkflowConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return With(configuration.Structure, configuration.Settings, (structure, outcomes, inference, draws) =>
        {
            var cases = _recorded.Cases;
            var width = OutcomeVectors.Width(cases);
            var perCase = new double[width];
            var latencies = new double[_recorded.Draws * cases];
            var caseOf = new int[latencies.Length];
            for (var draw = 0; draw < _recorded.Draws; draw++)
            {
                for (var c = 0; c < cases; c++)
                {
                    latencies[(draw * cases) + c] = draws.Latency[(draw * width) + c];
                    caseOf[(draw * cases) + c] = c;
                    perCase[c] += draws.Latency[(draw * width) + c] / _recorded.Draws;
                }
            }

            var values = ValuesOf(inference, draws);
            Array.Sort(latencies, caseOf);
            var percentiles = _bootstrap.Value.OfPercentiles(latencies, caseOf, 50, 95, 99);
            var costs = values.Cost == 0 ? null : CaseAmounts.Of(_recorded, structure.Network, configuration.Settings, draws, own => own.ByCase(call => call.Cost, own.Cost));
            var energies = values.KnownEnergy is null ? null : CaseAmounts.Of(_recorded, structure.Network, configuration.Settings, draws, own => own.ByCase(call => call.Energy, own.Energy));
            return new Estimate
            {
                Accuracy = Math.Clamp(values.Accuracy, 0, 1),
                LatencySeconds = values.Latency,
                Cost = values.Cost,
                EnergyJoules = values.KnownEnergy,
                AccuracyInterval = _bootstrap.Value.OfScore(inference.Influence(structure.Program, outcomes)),
                LatencyInterval = _bootstrap.Value.OfLatency(perCase),
                CostInterval = costs is null ? null : _bootstrap.Value.OfAmount(costs, values.Cost, inBlocks: false),
                EnergyInterval = energies is null ? null : _bootstrap.Value.OfAmount(energies, values.Energy, inBlocks: true),
                LatencyP50Seconds = Quantile(latencies, 50),
                LatencyP95Seconds = Quantile(latencies, 95),
                LatencyP99Seconds = Quantile(latencies, 99),
                LatencyP50Interval = percentiles[0],
                LatencyP95Interval = percentiles[1],
                LatencyP99Interval = percentiles[2],
                RightLatency = RightLatency(latencies, caseOf, inference.Accuracy),
                Cases = cases,
            };
        });
    }

    /// <summary>Draws of the cases with replacement: for each the weight of every case.</summary>
    internal IReadOnlyList<double[]> Draws => _bootstrap.Value.Weights;

    /// <summary>What was recorded of every call.</summary>
    internal RecordedOutcomes Recorded => _recorded;

    /// <summary>A structure, ready to be inferred in.</summary>
    internal PairedStructure Prepare(WorkflowStructure structure) => _structures.GetOrAdd(structure, one => new PairedStructure(_recorded, one, _branches));

    /// <summary>How much work <see cref="Evaluate"/> is, in multiplications.</summary>
    internal long WorkOf(WorkflowStructure structure)
    {
        var prepared = Prepare(structure);
        var draws = (long)_recorded.Draws * _recorded.Cases * prepared.Network.Vertices.Count;
        return (prepared.Program.Steps.Sum(step => step.Operations.Length) * (long)_recorded.Cases) + (draws * (prepared.Network.IsStatic ? 1 : DrawWork));
    }

    /// <summary>The means of a configuration alone, for the search.</summary>
    internal CallValues Evaluate(WorkflowStructure structure, IReadOnlyList<CallSettings?> settings) =>
        With(structure, settings, (_, _, inference, draws) => ValuesOf(inference, draws));

    /// <summary>The probability that a configuration is right, case by case.</summary>
    internal double[] AccuracyByCase(WorkflowStructure structure, IReadOnlyList<CallSettings?> settings) =>
        With(structure, settings, (_, _, inference, _) => inference.Accuracy[.._recorded.Cases]);

    /// <summary>The probability that a configuration is right and its mean latency in seconds, case by case, padded with 0; and its means.</summary>
    internal (double[] Accuracy, double[] Latency, CallValues Means) ByCase(WorkflowStructure structure, IReadOnlyList<CallSettings?> settings) =>
        With(structure, settings, (_, _, inference, draws) => (inference.Accuracy.ToArray(), MeanLatencies(draws), ValuesOf(inference, draws)));

    /// <summary>What more of each case in the sample changes in the accuracy of a configuration, added to its mean; and its mean latency on each in seconds.</summary>
    internal (double[] Accuracy, double[] Latency) InfluenceByCase(WorkflowStructure structure, IReadOnlyList<CallSettings?> settings) =>
        With(structure, settings, (prepared, outcomes, inference, draws) => (inference.Influence(prepared.Program, outcomes), MeanLatencies(draws)));

    /// <summary>How much of what a configuration is composed of was not recorded on the case itself: 0, all of it was, to 1.</summary>
    internal double BorrowedShare(WorkflowConfiguration configuration) => With(
        configuration.Structure, configuration.Settings, (structure, outcomes, inference, _) => inference.BorrowedShare(structure.Program, outcomes, _recorded.Cases));

    private T With<T>(
        WorkflowStructure structure, IReadOnlyList<CallSettings?> settings, Func<PairedStructure, OutcomeVectors[][], InferenceRun, RunDraws, T> use)
    {
        var prepared = Prepare(structure);
        var outcomes = prepared.Outcomes(settings);
        if (!_buffers.TryTake(out var buffers))
        {
            buffers = (new InferenceRun(OutcomeVectors.Width(_recorded.Cases)), new RunDraws(_recorded, Schedule));
        }

        buffers.Inference.Execute(prepared.Program, outcomes);
        buffers.Draws.Evaluate(prepared, settings, outcomes, buffers.Inference);
        var result = use(prepared, outcomes, buffers.Inference, buffers.Draws);
        _buffers.Add(buffers);
        return result;
    }

    private double[] MeanLatencies(RunDraws draws)
    {
        var width = OutcomeVectors.Width(_recorded.Cases);
        var latency = new double[width];
        for (var draw = 0; draw < _recorded.Draws; draw++)
        {
            VectorMath.Add(draws.Latency.AsSpan(draw * width, width), latency);
        }

        return Array.ConvertAll(latency, sum => sum / _recorded.Draws);
    }

    private CallValues ValuesOf(InferenceRun inference, RunDraws draws)
    {
        var accuracy = VectorMath.Sum(inference.Accuracy) / _recorded.Cases;
        var latency = 0.0;
        var width = OutcomeVectors.Width(_recorded.Cases);
        for (var draw = 0; draw < _recorded.Draws; draw++)
        {
            latency += VectorMath.Sum(draws.Latency.AsSpan(draw * width, width));
        }

        return new CallValues(accuracy, latency / (_recorded.Draws * _recorded.Cases), draws.Cost, draws.Energy);
    }

    /// <summary>
    /// Quantiles of what right runs take: on a case all draws of the latency count as much as the case is probably right, so that what makes a case slow and
    /// wrong is in them. Where nothing is ever right, those of all runs: nothing depends on them.
    /// </summary>
    private static LatencyQuantiles RightLatency(double[] sorted, int[] caseOf, double[] accuracy)
    {
        var whole = caseOf.Sum(one => Math.Max(0, accuracy[one]));
        Func<int, double> weight = whole > 0 ? k => Math.Max(0, accuracy[caseOf[k]]) / whole : _ => 1.0 / sorted.Length;
        var seconds = new double[RightLatencyParts + 1];
        var (place, reached) = (0, 0.0);
        for (var k = 0; k < sorted.Length; k++)
        {
            var own = weight(k);
            if (own == 0)
            {
                continue;
            }

            // The first right run is the least; then each share as soon as it is reached, to within rounding.
            seconds[0] = reached == 0 ? sorted[k] : seconds[0];
            reached += own;
            for (; place < RightLatencyParts && reached >= ((place + 1.0) / RightLatencyParts) - Rounding; place++)
            {
                seconds[place + 1] = sorted[k];
            }
        }

        return new LatencyQuantiles([.. seconds.Select(one => Math.Round(one, 9))]);
    }

    // The smallest latency that at least so many percent do not exceed.
    private static double Quantile(double[] sorted, int percent) => sorted[Math.Max(0, (((sorted.Length * percent) + 99) / 100) - 1)];
}
