using System.Globalization;
using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>How often each router of a workflow returns each of its values.</summary>
public sealed class BranchProbabilities
{
    /// <summary>The value that stands for all that no branch names.</summary>
    public const string Other = "";

    private const double Tolerance = 1e-9;
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> _measured;

    /// <summary>Takes measured probabilities.</summary>
    /// <param name="measured">
    /// For each router, by name, the probability of each value, as C# constants like those of <see cref="BranchCondition.Values"/>;
    /// <see cref="Other"/> for the rest. A router that is not there returns every value its branches name equally often.
    /// </param>
    /// <exception cref="CompileException">The probabilities of a router are not 0 to 1, or do not sum to 1.</exception>
    public BranchProbabilities(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        foreach (var (router, values) in measured)
        {
            if (values.Values.Any(value => value is not (>= 0 and <= 1)) || Math.Abs(values.Values.Sum() - 1) > Tolerance)
            {
                throw new CompileException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The branch probabilities of '{router}' must be from 0 to 1 and sum to 1; they are {string.Join(", ", values.Values)}."));
            }
        }

        _measured = measured;
    }

    /// <summary>Every value that branches name, and the default branch if there is one, is equally likely.</summary>
    public static BranchProbabilities Equal { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, double>>());

    /// <summary>Whether a profile says so, case by case even where it can; otherwise somebody who wants it so.</summary>
    internal bool IsMeasured { get; init; }

    /// <summary>The routers that were recorded to return what no branch names, how probable that is taken to be or not. There no branch runs but a default one.</summary>
    internal IReadOnlySet<string> AlsoOther { get; init; } = new HashSet<string>();

    /// <summary>The same probabilities for routers of which some were recorded to return what no branch names.</summary>
    /// <param name="alsoOther">Those routers.</param>
    internal BranchProbabilities WithOther(IReadOnlySet<string> alsoOther) => new(_measured) { IsMeasured = IsMeasured, AlsoOther = alsoOther };

    /// <summary>The values a router may return, as its branches tell them apart, with their probabilities.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="router">The router's name.</param>
    internal IReadOnlyList<(string Value, double Probability)> Of(WorkflowGraph graph, string router)
    {
        var conditions = graph.Nodes.Where(node => node.Condition?.Router == router).Select(node => node.Condition!).ToList();
        var values = conditions.SelectMany(condition => condition.Values).Distinct().Order(StringComparer.Ordinal).ToList();
        if (_measured.TryGetValue(router, out var measured))
        {
            var named = values.Select(value => (value, measured.GetValueOrDefault(value))).ToList();
            var rest = 1 - named.Sum(pair => pair.Item2);
            return rest > Tolerance || AlsoOther.Contains(router) ? [.. named, (Other, Math.Max(0, rest))] : named;
        }

        var hasDefault = conditions.Any(condition => condition.IsOtherwise);
        var count = values.Count + (hasDefault ? 1 : 0);
        var equal = values.Select(value => (value, 1.0 / count));
        return hasDefault ? [.. equal, (Other, 1.0 / count)] : AlsoOther.Contains(router) ? [.. equal, (Other, 0)] : [.. equal];
    }
}
