namespace FlowCompile.Compilation;

/// <summary>
/// How far what is chosen for its accuracy falls short of it on other cases, by choosing again in draws of the cases (the optimism of a rule: B. Efron,
/// Journal of the American Statistical Association 78, 1983). In each draw every configuration of a plan gives its place to the most accurate one of
/// the pool that spends no more; what that one gains in the draw over what it has on all cases is what choosing gained.
/// </summary>
internal sealed class ChoiceBootstrap
{
    /// <summary>How often is chosen.</summary>
    public const int Draws = 300;

    /// <summary>
    /// What the loss or gain of choosing in draws counts. Draws come on top of estimates that chance has spread already, and these seem further apart than
    /// they are. Among many that are equally good the best is ahead by the spread s of the estimates times some k; in a draw by k s times the root
    /// of 2, of which half is the draw's.
    /// </summary>
    public static readonly double Spread = Math.Sqrt(2);

    private const double Rounding = 1e-12;
    private const int Tail = Draws / 20;

    private readonly ChoicePool _pool;
    private readonly int _plan;
    private readonly Objectives _objectives;
    private readonly int[][] _within; // by place in the plan, those of the pool that cost no more, whatever the draw

    /// <summary>Prepares the draws.</summary>
    /// <param name="pool">What is chosen from; the plan's configurations first.</param>
    /// <param name="plan">How many the plan has.</param>
    /// <param name="objectives">The objectives, accuracy among them.</param>
    public ChoiceBootstrap(ChoicePool pool, int plan, Objectives objectives)
    {
        (_pool, _plan, _objectives) = (pool, plan, objectives);
        var amounts = objectives & ~Objectives.Latency;
        _within = [.. Enumerable.Range(0, plan).Select(p =>
            Enumerable.Range(0, pool.Means.Length).Where(i => ChoicePool.IsWithin(pool.Means[i], pool.Means[p], amounts)).ToArray())];
    }

    /// <summary>Chooses in draws of the cases.</summary>
    /// <param name="weights">The weight of every case in each draw, at least <see cref="Draws"/>.</param>
    /// <returns>
    /// For each configuration of the plan what choosing has gained on average, and how much lower its interval begins: by what the gain of the chosen
    /// one exceeds that of a configuration that is not chosen with in 95 of 100 draws. Both 0 where there was no choice.
    /// </returns>
    public (double Gain, double Lower)[] Run(IReadOnlyList<double[]> weights)
    {
        var chosen = Enumerable.Range(0, _plan).Select(_ => new double[Draws]).ToArray();
        var own = Enumerable.Range(0, _plan).Select(_ => new double[Draws]).ToArray();
        var isChosenFrom = new bool[_plan];
        var accuracy = new double[_pool.Means.Length];
        var latency = new double[_pool.Means.Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < accuracy.Length; i++)
            {
                accuracy[i] = VectorMath.Dot(weights[draw], _pool.Accuracy[i]);
                latency[i] = _objectives.HasFlag(Objectives.Latency) ? VectorMath.Dot(weights[draw], _pool.Latency[i]) : 0;
            }

            for (var p = 0; p < _plan; p++)
            {
                var best = Best(p, accuracy, latency);
                isChosenFrom[p] |= best != p;
                own[p][draw] = accuracy[p] - _pool.Means[p].Accuracy;
                chosen[p][draw] = accuracy[best] - _pool.Means[best].Accuracy;
            }
        }

        return [.. Enumerable.Range(0, _plan).Select(p =>
        {
            var gain = isChosenFrom[p] ? Math.Max(0, chosen[p].Average() - own[p].Average()) : 0;
            Array.Sort(chosen[p]);
            Array.Sort(own[p]);
            return (gain * Spread, isChosenFrom[p] ? Math.Max(0, chosen[p][^(Tail + 1)] - own[p][^(Tail + 1)] + ((Spread - 1) * gain)) : 0);
        })];
    }

    private int Best(int p, double[] accuracy, double[] latency)
    {
        var (best, most) = (p, double.NegativeInfinity);
        var limit = _objectives.HasFlag(Objectives.Latency) ? _pool.Means[p].Latency : 0;
        foreach (var i in _within[p])
        {
            if (latency[i] <= limit && accuracy[i] > most + Rounding)
            {
                (best, most) = (i, accuracy[i]);
            }
        }

        return best;
    }
}
