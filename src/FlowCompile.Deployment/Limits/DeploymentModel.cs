using Google.OrTools.Sat;

namespace FlowCompile.Deployment;

/// <summary>
/// The CP-SAT model of a deployment: a boolean for each candidate of each workflow, exactly one of them chosen, and its models in use.
/// CP-SAT counts in integers: accuracy, latency and cost are in units of a 2^30th of their largest possible total.
/// </summary>
internal sealed class DeploymentModel
{
    private const double Units = 1L << 30;
    private readonly BoundedModel _model = new();
    private readonly IReadOnlyList<DeploymentWorkflow> _workflows;
    private readonly ModelLimits _modelLimits;
    private readonly List<(int Workflow, DeploymentCandidate Candidate, BoolVar Variable)> _choices = [];
    private readonly Sum _accuracy;
    private readonly Sum _latency;
    private readonly double _runs;
    private readonly double _largestLatency;

    public DeploymentModel(IReadOnlyList<DeploymentWorkflow> workflows, IReadOnlyList<IReadOnlyList<DeploymentCandidate>> candidates, DeploymentLimits limits)
    {
        _workflows = workflows;
        _runs = workflows.Sum(workflow => workflow.Runs);
        _largestLatency = Enumerable.Range(0, workflows.Count).Sum(w => Share(w) * candidates[w].Max(candidate => candidate.Estimate.LatencySeconds));
        _modelLimits = new ModelLimits(_model.Model, limits, candidates.SelectMany(list => list).SelectMany(candidate => candidate.Models).Distinct().Order(StringComparer.Ordinal));
        for (var w = 0; w < workflows.Count; w++)
        {
            foreach (var candidate in candidates[w])
            {
                var variable = _model.Model.NewBoolVar($"{workflows[w].Name} {candidate.Id}");
                _choices.Add((w, candidate, variable));
                _modelLimits.Require(variable, candidate.Models);
            }

            _model.Model.AddExactlyOne(_choices.Where(choice => choice.Workflow == w).Select(choice => choice.Variable));
        }

        if (limits.MaxSpending is { } most)
        {
            LimitSpending(most);
        }

        _accuracy = Total((w, candidate) => Share(w) * candidate.Estimate.Accuracy * Units);
        _latency = Total((w, candidate) => _largestLatency > 0 ? Share(w) * candidate.Estimate.LatencySeconds / _largestLatency * Units : 0);
    }

    /// <summary>The model whose optimum is the fastest deployment of at least an accuracy.</summary>
    /// <param name="accuracy">In units.</param>
    public CpModel Fastest(long accuracy) => _model.Minimize(_latency.Expression, _accuracy.Expression, accuracy, long.MaxValue);

    /// <summary>The model whose optimum is the most accurate deployment within a latency; of equals the one with the fewest models.</summary>
    /// <param name="latency">In units.</param>
    public CpModel MostAccurate(long latency) => _model.Minimize(
        new Sum().Add(_accuracy, -(_modelLimits.Count + 1)).Add(_modelLimits.Used, 1).Expression, _latency.Expression, long.MinValue, latency);

    /// <summary>The accuracy of a solution, in units.</summary>
    public long AccuracyOf(IReadOnlyList<long> solution) => _accuracy.In(solution);

    /// <summary>The latency of a solution, in units.</summary>
    public long LatencyOf(IReadOnlyList<long> solution) => _latency.In(solution);

    /// <summary>An accuracy in units, rounded up.</summary>
    public static long ToUnits(double accuracy) => (long)Math.Ceiling(accuracy * Units);

    /// <summary>The deployment of a solution, with the figures as they were estimated.</summary>
    public DeploymentChoice Read(IReadOnlyList<long> solution)
    {
        var chosen = _choices.Where(choice => solution[choice.Variable.Index] == 1).ToList();
        var models = chosen.SelectMany(choice => choice.Candidate.Models).Distinct().Order(StringComparer.Ordinal).ToList();
        return new DeploymentChoice
        {
            Configurations = [.. chosen.Select(choice => choice.Candidate)],
            Models = models,
            Placement = _modelLimits.Placement(solution, models),
            Accuracy = chosen.Sum(choice => Share(choice.Workflow) * choice.Candidate.Estimate.Accuracy),
            LatencySeconds = chosen.Sum(choice => Share(choice.Workflow) * choice.Candidate.Estimate.LatencySeconds),
            Spending = chosen.Sum(choice => _workflows[choice.Workflow].Runs * choice.Candidate.Estimate.Cost),
        };
    }

    private double Share(int workflow) => _workflows[workflow].Runs / _runs;

    private void LimitSpending(double most)
    {
        // What alone costs more than everything may is out of the question; the rest, rounded to the nearest unit, may exceed the limit by
        // the rounding of as many terms as there are workflows.
        foreach (var (w, candidate, variable) in _choices)
        {
            if (_workflows[w].Runs * candidate.Estimate.Cost > most * (1 + 1e-9))
            {
                _model.Model.AddLinearConstraint(variable, 0, 0);
            }
        }

        if (most > 0)
        {
            var spending = Total((w, candidate) => Math.Min(_workflows[w].Runs * candidate.Estimate.Cost / most, 2) * Units);
            _model.Model.AddLinearConstraint(spending.Expression, 0, (long)Units + _workflows.Count);
        }
    }

    private Sum Total(Func<int, DeploymentCandidate, double> of) =>
        _choices.Aggregate(new Sum(), (sum, choice) => sum.Add(choice.Variable, (long)Math.Round(of(choice.Workflow, choice.Candidate))));
}
