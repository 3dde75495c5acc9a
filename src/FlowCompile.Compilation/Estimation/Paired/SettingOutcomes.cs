using System.Collections.Concurrent;

namespace FlowCompile.Compilation;

/// <summary>
/// The recorded calls of a sub-agent under one setting, as distributions of outcomes on every case. Where a case has no call with such
/// inputs, its distribution is borrowed: from the cases with such inputs, the more from each the more like it is
/// (<see cref="CaseLikeness"/>), and where there are none of those, from the inputs most like them.
/// </summary>
internal sealed class SettingOutcomes : ICallOutcomes
{
    private readonly int _cases;
    private readonly bool _isGreedy;
    private readonly CaseLikeness _likeness;
    private readonly RecordedCall[][] _byCase;
    private readonly Dictionary<InputState, RecordedCall[]> _byState;
    private SettingOutcomes[]? _parts;
    private readonly ConcurrentDictionary<InputState, RepeatedCalls> _laws = new();
    private readonly ConcurrentDictionary<(InputState State, int Calls), OutcomeVectors> _right = new();
    private readonly ConcurrentDictionary<int, OutcomeVectors> _repairs = new();
    private readonly ConcurrentDictionary<(int Calls, bool SideBySide, KnownInputs Inputs), double[]> _latencies = new();
    private readonly ConcurrentDictionary<(int Call, KnownInputs Inputs), double[]> _single = new();

    /// <summary>Takes calls.</summary>
    /// <param name="calls">The calls, at least one.</param>
    /// <param name="cases">The number of cases.</param>
    /// <param name="isGreedy">Whether replicas are all the same.</param>
    /// <param name="cost">The mean cost of a call.</param>
    /// <param name="others">For each case, how much higher the scores of the other sub-agents are than on all cases.</param>
    public SettingOutcomes(IReadOnlyCollection<RecordedCall> calls, int cases, bool isGreedy, double cost, double[] others)
        : this(calls, cases, isGreedy, cost, new CaseLikeness(calls, others))
    {
    }

    private SettingOutcomes(IReadOnlyCollection<RecordedCall> calls, int cases, bool isGreedy, double cost, CaseLikeness likeness)
    {
        _cases = cases;
        _isGreedy = isGreedy;
        _likeness = likeness;
        Cost = cost;
        var byCase = calls.ToLookup(call => call.Case);
        _byCase = [.. Enumerable.Range(0, cases).Select(c => byCase[c].ToArray())];
        _byState = calls.GroupBy(call => call.State).ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>The calls, case by case.</summary>
    public IEnumerable<RecordedCall> Calls => _byCase.SelectMany(calls => calls);

    /// <summary>How many draws latencies are taken in.</summary>
    public required int Draws { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<SettingOutcomes> Parts => _parts ??= [this];

    /// <summary>The mean cost of a call.</summary>
    public double Cost { get; }

    /// <summary>The mean energy of a call in joules; not a number where it was not measured.</summary>
    public double Energy { get; init; } = double.NaN;

    /// <inheritdoc/>
    public double CostOf(int calls) => calls * Cost;

    /// <inheritdoc/>
    public double EnergyOf(int calls) => calls * Energy;

    /// <summary>The mean of something of the calls on each case, of a selector on the lists that runs gave it; <see langword="null"/> where it is not known of every call.</summary>
    /// <param name="of">What of a call.</param>
    /// <param name="mean">What stands for a case without a call.</param>
    public double[]? ByCase(Func<RecordedCall, double> of, double mean)
    {
        // Composed lists take every number of right candidates as often as any other, which no workflow does.
        var counted = Array.ConvertAll(_byCase, calls => Array.FindAll(calls, call => call is not { IsComposed: true, State.Candidates: > 0 }));
        counted = Array.Exists(counted, calls => calls.Length > 0) ? counted : _byCase;
        var values = Array.ConvertAll(counted, calls => calls.Length == 0 ? mean : calls.Average(of));
        return Array.Exists(values, double.IsNaN) ? null : values;
    }

    /// <summary>Whether there are calls whose inputs are right, or wrong.</summary>
    /// <param name="inputsRight">Which of the two.</param>
    public bool HasCalls(bool inputsRight) => _byState.Keys.Any(state => state.AllRight == inputsRight);

    /// <summary>The same calls, each changed. Cases stay as like each other as they were.</summary>
    /// <param name="change">What becomes of a call.</param>
    public SettingOutcomes With(Func<RecordedCall, RecordedCall> change) =>
        new([.. Calls.Select(change)], _cases, _isGreedy, Cost, _likeness) { Draws = Draws, Energy = Energy };

    /// <summary>How many of calls on the same inputs are right.</summary>
    /// <param name="state">What is right in the inputs.</param>
    /// <param name="calls">How many calls.</param>
    public OutcomeVectors Right(InputState state, int calls) => _right.GetOrAdd((state, calls), _ =>
    {
        if (_isGreedy && calls > 1)
        {
            return Create(calls + 1, state, recorded => AllOrNone(recorded.Average(call => call.Score), calls));
        }

        var law = LawOf(state);
        return Create(calls + 1, state, recorded => law.Right([.. recorded.Select(call => call.Score)], calls));
    });

    /// <summary>At which attempt, from 1, a wrong value is mended; 0 where it is not.</summary>
    /// <param name="attempts">The most attempts.</param>
    public OutcomeVectors Repairs(int attempts) => _repairs.GetOrAdd(attempts, _ =>
    {
        // Attempts are made on values that differ, so even those of a greedy repairer are different calls.
        var law = LawOf(InputState.Wrong);
        return Create(attempts + 1, InputState.Wrong, recorded => law.FirstRight([.. recorded.Select(call => call.Score)], attempts));
    });

    /// <summary>Which branch a router takes and whether it is right: two outcomes for each branch, wrong and right.</summary>
    /// <param name="state">What is right in the inputs.</param>
    /// <param name="branches">The router's values, as its branches tell them apart; a call whose output was not kept takes each as often as it says.</param>
    public OutcomeVectors Routes(InputState state, IReadOnlyList<(string Value, double Probability)> branches) => Create(2 * branches.Count, state, recorded =>
    {
        var distribution = new double[2 * branches.Count];
        foreach (var call in recorded)
        {
            var taken = call.Output is { } output ? BranchValueMatch.Of(branches, output) : -1;
            for (var branch = 0; branch < branches.Count; branch++)
            {
                var share = (taken < 0 ? branches[branch].Probability : taken == branch ? 1 : 0) / recorded.Count;
                distribution[2 * branch] += (1 - call.Score) * share;
                distribution[(2 * branch) + 1] += call.Score * share;
            }
        }

        return distribution;
    });

    /// <summary>Latencies of calls together, in seconds: for each draw a vector over the cases.</summary>
    /// <param name="calls">How many calls.</param>
    /// <param name="sideBySide">Whether they run side by side, so that the longest counts, or one after another.</param>
    /// <param name="inputs">What is known of their inputs.</param>
    public double[] Latencies(int calls, bool sideBySide, KnownInputs inputs) => _latencies.GetOrAdd((calls, sideBySide && calls > 1, inputs), _ =>
    {
        var latencies = new double[Draws * OutcomeVectors.Width(_cases)];
        for (var call = 0; call < calls; call++)
        {
            if (sideBySide)
            {
                VectorMath.Max(Latency(call, inputs), latencies);
            }
            else
            {
                VectorMath.Add(Latency(call, inputs), latencies);
            }
        }

        return latencies;
    });

    /// <summary>
    /// Latencies of one of several calls, in seconds: for each draw a vector over the cases. Replicas take different recorded calls where
    /// there are so many. They are calls on such inputs, where the case has any: wrong inputs may take longer to think about, and longer lists to read.
    /// Each of them is drawn as often as the others (<see cref="LatencyDraws.Count"/>).
    /// </summary>
    /// <param name="call">Which of them, from 0.</param>
    /// <param name="inputs">What is known of their inputs.</param>
    public double[] Latency(int call, KnownInputs inputs) => _single.GetOrAdd((call, inputs), _ =>
    {
        var width = OutcomeVectors.Width(_cases);
        var latencies = new double[Draws * width];
        var mean = _byState.Values.SelectMany(group => group).Average(recorded => recorded.Latency);
        for (var c = 0; c < _cases; c++)
        {
            var own = inputs.Like(_byCase[c]);
            for (var draw = 0; draw < Draws; draw++)
            {
                // The case's number turns the order, so that calls of different sub-agents do not always meet in the same pairs.
                latencies[(draw * width) + c] = own.Length == 0 ? mean : own[(c + draw + call) % own.Length].Latency;
            }
        }

        return latencies;
    });

    /// <summary>A row of means with the cases weighted anew.</summary>
    /// <param name="row">The row; what no weighted call tells stays as it is.</param>
    /// <param name="givenRight">Whether its accuracy is that of calls whose inputs are right; otherwise wrong.</param>
    /// <param name="weights">The weight of each case.</param>
    public SettingProfile Reweigh(SettingProfile row, bool givenRight, double[] weights)
    {
        var (score, scored, latency, timed) = (0.0, 0.0, 0.0, 0.0);
        foreach (var call in _byCase.SelectMany(calls => calls))
        {
            var weight = weights[call.Case];
            (latency, timed) = (latency + (weight * call.Latency), timed + weight);
            if (call.State.AllRight == givenRight)
            {
                (score, scored) = (score + (weight * call.Score), scored + weight);
            }
        }

        return row with
        {
            Accuracy = scored > 0 ? Math.Clamp(score / scored, 0, 1) : row.Accuracy,
            LatencySeconds = timed > 0 ? latency / timed : row.LatencySeconds,
        };
    }

    private static double[] AllOrNone(double right, int calls) => [1 - right, .. new double[calls - 1], right];

    // What is borrowed follows the law of the calls that it is borrowed from.
    private RepeatedCalls LawOf(InputState state) => _laws.GetOrAdd(NearestTo(state), nearest => new RepeatedCalls(
        [.. _byState[nearest].GroupBy(call => call.Case).Select(group => (double[])[.. group.Select(call => call.Score)])]));

    private InputState NearestTo(InputState state) => _byState.ContainsKey(state) ? state
        : _byState.Keys.OrderBy(state.DistanceTo).ThenBy(other => other.Candidates).ThenBy(other => other.RightCandidates).First();

    private OutcomeVectors Create(int outcomes, InputState state, Func<IReadOnlyList<RecordedCall>, double[]> distribution)
    {
        Lender? lender = null;
        return OutcomeVectors.Create(outcomes, _cases, c =>
        {
            var own = Array.FindAll(_byCase[c], call => call.State == state);
            return own.Length > 0 ? (distribution(own), false) : ((lender ??= LenderOf(state, distribution)).Lend(outcomes, c), true);
        }) with
        { Loans = lender?.Loans };
    }

    private Lender LenderOf(InputState state, Func<IReadOnlyList<RecordedCall>, double[]> distribution)
    {
        var nearest = NearestTo(state);
        return new Lender(
            _likeness, _likeness.Without(nearest), [.. _byState[nearest].GroupBy(call => call.Case).Select(group => (group.Key, distribution([.. group])))]);
    }

    /// <summary>Lends the distributions of cases that have calls to one that has none. Case by case, so that what calls on one case have in common stays.</summary>
    private sealed class Lender(CaseLikeness likeness, double[] without, List<(int Case, double[] Distribution)> lenders)
    {
        private readonly List<(int Case, double[] Weights)> _borrowers = [];

        public OutcomeLoans Loans => new(lenders, _borrowers);

        public double[] Lend(int outcomes, int to)
        {
            var (mixed, total, weights) = (new double[outcomes], 0.0, new double[lenders.Count]);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = likeness.Of(without, to, lenders[i].Case);
                total += weights[i];
                for (var outcome = 0; outcome < outcomes; outcome++)
                {
                    mixed[outcome] += weights[i] * lenders[i].Distribution[outcome];
                }
            }

            _borrowers.Add((to, Array.ConvertAll(weights, weight => weight / total)));
            return [.. mixed.Select(probability => probability / total)];
        }
    }
}
