using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>Estimates by going through every course of events, and frontiers by going through every configuration.</summary>
internal sealed class BruteForce(ProfileTable profile, Schedule schedule, BranchProbabilities branches)
{
    private const double Tie = 1e-10;
    private readonly WorkflowGraph _graph = profile.Graph;

    /// <summary>The estimates of all configurations.</summary>
    public IEnumerable<CallValues> All()
    {
        foreach (var structure in new StructureSpace(_graph).Enumerate())
        {
            int[] agents = [.. Enumerable.Range(0, _graph.Nodes.Count).Where(node => structure.IsActive(node) && _graph.Nodes[node].Kind == NodeKind.SubAgent)];
            if (agents.Length == 0)
            {
                continue;
            }

            var worlds = Worlds(structure, agents);
            foreach (var choice in Choices(structure, agents, 0, new SettingProfile[_graph.Nodes.Count][]))
            {
                yield return Estimate(worlds, choice);
            }
        }
    }

    /// <summary>How many configurations there are.</summary>
    public double Count() => new StructureSpace(_graph).Enumerate().Sum(structure => Enumerable.Range(0, _graph.Nodes.Count)
        .Where(node => structure.IsActive(node) && _graph.Nodes[node].Kind == NodeKind.SubAgent)
        .Aggregate(1.0, (product, node) => product * OptionsOf(structure, node).Count()));

    /// <summary>Those of all points that no other dominates, in two to four objectives; of equal ones one.</summary>
    public static List<CallValues> Front(IEnumerable<CallValues> all, Objectives objectives)
    {
        double[] Key(CallValues point) =>
        [
            objectives.HasFlag(Objectives.Accuracy) ? -Math.Round(point.Accuracy, 11) : 0,
            objectives.HasFlag(Objectives.Latency) ? Math.Round(point.Latency, 11) : 0,
            objectives.HasFlag(Objectives.Cost) ? Math.Round(point.Cost, 11) : 0,
            objectives.HasFlag(Objectives.Energy) ? Math.Round(point.Energy, 11) : 0,
        ];
        var front = new List<double[]>();
        foreach (var point in all.Select(Key).OrderBy(key => key[0]).ThenBy(key => key[1]).ThenBy(key => key[2]).ThenBy(key => key[3]))
        {
            // In lexicographic order only an earlier point can dominate.
            if (!front.Exists(other => other.Zip(point).All(pair => pair.First <= pair.Second)))
            {
                front.Add(point);
            }
        }

        // What differs by rounding alone may have been rounded apart.
        static bool Beats(double[] a, double[] b) => a.Zip(b).All(pair => pair.First <= pair.Second + Tie) && a.Zip(b).Any(pair => pair.First < pair.Second - Tie);
        return [.. front.Where(point => !front.Exists(other => Beats(other, point))).Select(point => new CallValues(-point[0], point[1], point[2], point[3]))];
    }

    private sealed record Route(double Probability, List<Course> Courses, World First);

    private sealed record Course(bool[][] Succeeds, bool IsRight, int[] Calls);

    private List<Route> Worlds(WorkflowStructure structure, int[] agents)
    {
        var routers = _graph.Nodes.Select(node => node.Condition?.Router).OfType<string>().Distinct().ToList();
        var routes = new List<(Dictionary<string, string> Values, double Probability)> { ([], 1) };
        foreach (var router in routers)
        {
            routes = [.. routes.SelectMany(route => branches.Of(_graph, router).Select(outcome =>
                (new Dictionary<string, string>(route.Values) { [router] = outcome.Value }, route.Probability * outcome.Probability)))];
        }

        return [.. routes.Select(route =>
        {
            var courses = new List<Course>();
            World? first = null;
            foreach (var succeeds in Successes(structure, agents))
            {
                var world = new World(_graph, structure, route.Values, succeeds);
                first ??= world;
                courses.Add(new Course(succeeds, world.IsRight(world.Output), [.. _graph.Nodes.Select((_, node) => structure.IsActive(node) ? world.Calls(node) : 0)]));
            }

            return new Route(route.Probability, courses, first!);
        })];
    }

    private IEnumerable<bool[][]> Successes(WorkflowStructure structure, int[] agents)
    {
        var bits = agents.Sum(node => structure.Counts[node]);
        for (var mask = 0; mask < 1 << bits; mask++)
        {
            var succeeds = new bool[_graph.Nodes.Count][];
            var rest = mask;
            foreach (var node in agents)
            {
                succeeds[node] = new bool[structure.Counts[node]];
                for (var call = 0; call < succeeds[node].Length; call++, rest >>= 1)
                {
                    succeeds[node][call] = (rest & 1) == 1;
                }
            }

            yield return succeeds;
        }
    }

    private CallValues Estimate(List<Route> routes, SettingProfile[][] rows)
    {
        var (accuracy, latency, cost, energy) = (0.0, 0.0, 0.0, 0.0);
        foreach (var route in routes)
        {
            double[][] made = [.. rows.Select(own => new double[own?.Length ?? 0])]; // by node and call, how probably it is made
            foreach (var course in route.Courses)
            {
                var probability = 1.0;
                for (var node = 0; node < made.Length; node++)
                {
                    for (var call = 0; call < made[node].Length; call++)
                    {
                        probability *= course.Succeeds[node][call] ? rows[node][call].Accuracy : 1 - rows[node][call].Accuracy;
                    }
                }

                accuracy += course.IsRight ? route.Probability * probability : 0;
                for (var node = 0; node < made.Length; node++)
                {
                    for (var call = 0; call < made[node].Length; call++)
                    {
                        made[node][call] += call < course.Calls[node] ? probability : 0;
                    }
                }
            }

            cost += route.Probability * Sum(made, rows, row => row.Cost);
            energy += route.Probability * Sum(made, rows, row => row.EnergyJoules!.Value);
            latency += route.Probability * (schedule == Schedule.Sequential
                ? Sum(made, rows, row => row.LatencySeconds)
                : route.First.Output < 0 ? 0 : Finish(route.First, route.First.Output, made, rows));
        }

        return new CallValues(accuracy, latency, cost, energy);
    }

    private static double Sum(double[][] made, SettingProfile[][] rows, Func<SettingProfile, double> of) =>
        made.Select((own, node) => own.Select((probability, call) => probability * of(rows[node][call])).Sum()).Sum();

    private double Finish(World world, int node, double[][] made, SettingProfile[][] rows)
    {
        var start = world.WaitsFor(node).Select(source => Finish(world, source, made, rows)).DefaultIfEmpty().Max();
        var seconds = made[node].Select((probability, call) => probability * rows[node][call].LatencySeconds).ToList();
        return start + (seconds.Count == 0 ? 0 : _graph.Nodes[node].Repair is null ? seconds.Max() : seconds.Sum());
    }

    /// <summary>The settings of a node's calls: of replicas each choice once, in whatever order.</summary>
    private IEnumerable<SettingProfile[]> OptionsOf(WorkflowStructure structure, int node)
    {
        IEnumerable<int[]> options = [[]];
        for (var call = 0; call < structure.Counts[node]; call++)
        {
            options = options.SelectMany(before => Enumerable.Range(0, profile.Of(node).Count)
                .Where(row => _graph.Nodes[node].Repair is not null || before.All(other => other <= row)).Select(row => (int[])[.. before, row]));
        }

        return options.Select(option => option.Select(row => profile.Of(node)[row]).ToArray());
    }

    private IEnumerable<SettingProfile[][]> Choices(WorkflowStructure structure, int[] agents, int depth, SettingProfile[][] rows)
    {
        if (depth == agents.Length)
        {
            yield return rows;
            yield break;
        }

        foreach (var option in OptionsOf(structure, agents[depth]))
        {
            rows[agents[depth]] = option;
            foreach (var choice in Choices(structure, agents, depth + 1, rows))
            {
                yield return choice;
            }
        }
    }
}
