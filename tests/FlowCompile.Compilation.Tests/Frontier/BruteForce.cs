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
            foreach (var choice in Choices(agents, 0, new SettingProfile[_graph.Nodes.Count]))
            {
                yield return Estimate(worlds, choice);
            }
        }
    }

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

    private CallValues Estimate(List<Route> routes, SettingProfile[] rows)
    {
        var (accuracy, latency, cost, energy) = (0.0, 0.0, 0.0, 0.0);
        foreach (var route in routes)
        {
            var calls = new double[_graph.Nodes.Count];
            foreach (var course in route.Courses)
            {
                var probability = 1.0;
                for (var node = 0; node < calls.Length; node++)
                {
                    foreach (var success in course.Succeeds[node] ?? [])
                    {
                        probability *= success ? rows[node].Accuracy : 1 - rows[node].Accuracy;
                    }
                }

                accuracy += course.IsRight ? route.Probability * probability : 0;
                for (var node = 0; node < calls.Length; node++)
                {
                    calls[node] += probability * course.Calls[node];
                }
            }

            cost += route.Probability * calls.Select((count, node) => count * rows[node].Cost).Sum();
            energy += route.Probability * calls.Select((count, node) => count > 0 ? count * rows[node].EnergyJoules!.Value : 0).Sum();
            latency += route.Probability * (schedule == Schedule.Sequential
                ? calls.Select((count, node) => count * rows[node].LatencySeconds).Sum()
                : route.First.Output < 0 ? 0 : Finish(route.First, route.First.Output, calls, rows));
        }

        return new CallValues(accuracy, latency, cost, energy);
    }

    private double Finish(World world, int node, double[] calls, SettingProfile[] rows)
    {
        var start = world.WaitsFor(node).Select(source => Finish(world, source, calls, rows)).DefaultIfEmpty().Max();
        return start + (rows[node].LatencySeconds * (_graph.Nodes[node].Repair is null ? Math.Min(calls[node], 1) : calls[node]));
    }

    private IEnumerable<SettingProfile[]> Choices(int[] agents, int depth, SettingProfile[] rows)
    {
        if (depth == agents.Length)
        {
            yield return rows;
            yield break;
        }

        foreach (var row in profile.Of(agents[depth]))
        {
            rows[agents[depth]] = row;
            foreach (var choice in Choices(agents, depth + 1, rows))
            {
                yield return choice;
            }
        }
    }
}
