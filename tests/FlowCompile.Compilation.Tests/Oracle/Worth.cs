using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>What a configuration is worth: the means over all worlds of its runs.</summary>
internal sealed record Worth(double Accuracy, double Sequential, double Parallel, double Superstep, double Cost)
{
    /// <summary>The probability of a run without output.</summary>
    public double NoOutput { get; init; }

    /// <summary>The probability of a run that ends in an exception.</summary>
    public double Threw { get; init; }

    /// <summary>How many worlds there are.</summary>
    public int Worlds { get; init; }

    /// <summary>The run that takes least of everything: its seconds and its cost.</summary>
    public double[] Least { get; init; } = [double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue];

    /// <summary>The run that takes most of everything.</summary>
    public double[] Most { get; init; } = [0, 0, 0, 0];

    public double Seconds(Schedule schedule) => schedule switch
    {
        Schedule.Sequential => Sequential,
        Schedule.Parallel => Parallel,
        _ => Superstep,
    };

    public static Worth Of(WorkflowGraph graph, Wiring wiring, int[]?[] settings, ICalls calls, bool routerMustBeRight, int mostWorlds)
    {
        var play = new Play(graph, wiring, settings, calls, routerMustBeRight);
        var chance = new Worlds();
        var sum = new Worth(0, 0, 0, 0, 0);
        do
        {
            var run = play.Run(chance);
            var p = chance.Probability;
            double[] spent = [run.Sequential, run.Parallel, run.Superstep, run.Cost];
            sum = new Worth(
                sum.Accuracy + (run.Right ? p : 0),
                sum.Sequential + (p * run.Sequential),
                sum.Parallel + (p * run.Parallel),
                sum.Superstep + (p * run.Superstep),
                sum.Cost + (p * run.Cost))
            {
                NoOutput = sum.NoOutput + (run.HasOutput ? 0 : p),
                Threw = sum.Threw + (run.Threw ? p : 0),
                Worlds = sum.Worlds + 1,
                Least = [.. sum.Least.Zip(spent, Math.Min)],
                Most = [.. sum.Most.Zip(spent, Math.Max)],
            };
        }
        while (sum.Worlds < mostWorlds && chance.Next());
        return sum;
    }

    /// <summary>
    /// The same for means alone: which branches are taken is drawn, and a repair loop takes as long as it does on average where those are taken.
    /// </summary>
    public static Worth OfMeans(WorkflowGraph graph, Wiring wiring, int[]?[] settings, IndependentCalls calls, int mostWorlds)
    {
        var worth = Of(graph, wiring, settings, calls, IndependentRule.RouterMustBeRight, mostWorlds);
        if (worth.Worlds >= mostWorlds || !graph.Nodes.Any(node => node.Repair is not null))
        {
            return worth;
        }

        // The time that each repairer takes on average, by the branches taken.
        var play = new Play(graph, wiring, settings, calls, IndependentRule.RouterMustBeRight);
        var ways = new Dictionary<string, (double Probability, double[] Loops)>();
        var chance = new Worlds();
        do
        {
            play.Run(chance);
            var (probability, loops) = ways.GetValueOrDefault(((ICalls)calls).Ways, (0, new double[graph.Nodes.Count]));
            ways[((ICalls)calls).Ways] = (probability + chance.Probability, [.. loops.Zip(play.Loops, (sum, seconds) => sum + (chance.Probability * seconds))]);
        }
        while (chance.Next());

        double parallel = 0, superstep = 0;
        chance = new Worlds();
        var seen = new HashSet<string>();
        do
        {
            play.MeanLoops = null;
            play.Run(chance);
            var way = ((ICalls)calls).Ways;
            if (!seen.Add(way))
            {
                continue;
            }

            play.MeanLoops = [.. ways[way].Loops.Select(seconds => seconds / ways[way].Probability)];
            chance.Again();
            var run = play.Run(chance);
            parallel += ways[way].Probability * run.Parallel;
            superstep += ways[way].Probability * run.Superstep;
        }
        while (chance.Next());
        return worth with { Parallel = parallel, Superstep = superstep };
    }

    /// <summary>The mean over cases.</summary>
    public static Worth Mean(IReadOnlyList<Worth> worths) => new(
        worths.Average(one => one.Accuracy), worths.Average(one => one.Sequential), worths.Average(one => one.Parallel), worths.Average(one => one.Superstep), worths.Average(one => one.Cost))
    {
        NoOutput = worths.Average(one => one.NoOutput),
        Threw = worths.Average(one => one.Threw),
        Worlds = worths.Sum(one => one.Worlds),
        Least = [.. Enumerable.Range(0, 4).Select(i => worths.Average(one => one.Least[i]))],
        Most = [.. Enumerable.Range(0, 4).Select(i => worths.Average(one => one.Most[i]))],
    };
}
