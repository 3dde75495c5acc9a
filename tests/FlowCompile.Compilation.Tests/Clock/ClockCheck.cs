using System.Globalization;
using FlowCompile.Compilation.Tests.Oracle;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>One workflow: what its estimates say of some of its configurations, and what runs of the generated code do.</summary>
internal sealed class ClockCheck
{
    private const double Tolerance = 1e-9;
    private const int MostConfigurations = 12;

    private readonly WorkflowDescriptor _descriptor;
    private readonly Stage _stage;
    private readonly List<string> _found = [];

    private ClockCheck(WorkflowDescriptor descriptor, World world)
    {
        _descriptor = descriptor;
        _stage = new Stage(descriptor, world);
        World = world;
    }

    public WorkflowGraph Graph => _descriptor.Graph;

    public World World { get; }

    public int Runs { get; private set; }

    public int PairedEstimates { get; private set; }

    public int IndependentEstimates { get; private set; }

    /// <summary>How many runs ended without output, and how many in a failure.</summary>
    public (int NoOutput, int Threw) Ends { get; private set; }

    /// <summary>How many parallel runs ended before calls that nobody waited for.</summary>
    public int EndedEarly { get; private set; }

    /// <summary>What is said differently.</summary>
    public IReadOnlyList<string> Found => _found;

    /// <summary>Checks a workflow under random configurations.</summary>
    public static async Task<ClockCheck> OfAsync(WorkflowDescriptor descriptor, int seed)
    {
        var random = new Random(seed);
        var graph = descriptor.Graph;
        int[] settings = [.. graph.Nodes.Select(_ => random.Next(1, 4))];
        var check = new ClockCheck(descriptor, new World(graph, random.Next(1, 5), settings, seed));
        await check.CheckAsync(check.ConfigurationsOf(random));
        return check;
    }

    /// <summary>Checks a workflow under one configuration.</summary>
    /// <param name="descriptor">The workflow.</param>
    /// <param name="world">What its calls come to.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="later">How much longer than it did the first recorded call is said to have taken, in seconds.</param>
    public static async Task<ClockCheck> OfAsync(WorkflowDescriptor descriptor, World world, WorkflowConfiguration configuration, double later = 0)
    {
        var check = new ClockCheck(descriptor, world);
        await check.CheckAsync([configuration], later);
        return check;
    }

    public string Describe() => $"{Graph.Name}, {World.Cases} cases\n{WorkflowSource.Write(Graph)}\n{World.Describe()}\n"
        + string.Join("\n", _found.Take(6).Select(one => "    " + one));

    private List<WorkflowConfiguration> ConfigurationsOf(Random random)
    {
        var structures = new StructureSpace(Graph).Enumerate().Take(5_000)
            .Where(structure => Enumerable.Range(0, Graph.Nodes.Count).Any(node => Graph.Nodes[node].Kind == NodeKind.SubAgent && structure.IsCalled(node))).ToArray();
        random.Shuffle(structures);
        return structures.Length == 0 ? [] : [.. Enumerable.Range(0, MostConfigurations).Select(i =>
        {
            var structure = structures[i % structures.Length];
            return new WorkflowConfiguration(string.Create(CultureInfo.InvariantCulture, $"c{i}"), structure, [.. Graph.Nodes.Select((node, index) =>
                node.Kind == NodeKind.SubAgent && structure.IsCalled(index) ? (CallSettings?)SettingsOf(random, index, structure.Counts[index]) : null)]);
        }).DistinctBy(OracleConfiguration.KeyOf)];
    }

    private CallSettings SettingsOf(Random random, int node, int calls)
    {
        Setting Any() => World.SettingOf(random.Next(World.Settings[node]));
        return calls < 2 || Graph.Nodes[node].HasSameSettings || random.Next(2) == 0 ? new CallSettings(Any())
            : Graph.Nodes[node].Repair is null ? CallSettings.ForReplicas(Enumerable.Range(0, calls).Select(_ => Any()))
            : new CallSettings([.. Enumerable.Range(0, calls).Select(_ => Any())]);
    }

    private async Task CheckAsync(IReadOnlyList<WorkflowConfiguration> configurations, double later = 0)
    {
        // A list that ends early is estimated as if it did not, and so it is run: one node after the other.
        var runsParallel = !Graph.Nodes.Any(node => node.Candidates is { Agree: > 0 });
        var runs = new List<List<(RunEnd Sequential, RunEnd? Parallel)>>();
        foreach (var configuration in configurations)
        {
            runs.Add([]);
            for (var theCase = 0; theCase < World.Cases; theCase++)
            {
                var sequential = await RunAsync(configuration, theCase, sequential: true);
                var parallel = runsParallel ? await RunAsync(configuration, theCase, sequential: false) : null;
                runs[^1].Add((sequential, parallel));
                Ends = (Ends.NoOutput + (sequential is { Output: null, Threw: false } ? 1 : 0), Ends.Threw + (sequential.Threw ? 1 : 0));
                EndedEarly += parallel is not null && parallel.Calls.Count < sequential.Calls.Count ? 1 : 0;
            }
        }

        var all = World.ToTable(later: later);
        foreach (var schedule in Enum.GetValues<Schedule>().Where(schedule => runsParallel || schedule != Schedule.Parallel))
        {
            var paired = new PairedProxy(all.Recorded!, schedule);
            var byCase = Enumerable.Range(0, World.Cases).Select(theCase => new PairedProxy(World.ToTable(theCase, later).Recorded!, schedule)).ToList();
            var independent = new IndependentProxy(all, schedule);
            foreach (var (configuration, ends) in configurations.Zip(runs))
            {
                var measured = ends.Select(end => Measured.Of(Graph, configuration, schedule, end.Sequential, end.Parallel)).ToList();
                for (var theCase = 0; theCase < World.Cases; theCase++)
                {
                    Compare($"paired, case {theCase}", configuration, schedule, byCase[theCase].Estimate(configuration), measured[theCase]);
                    PairedEstimates++;
                }

                Compare("paired", configuration, schedule, paired.Estimate(configuration), Measured.Mean(measured));
                if (World.IsOfMeans)
                {
                    Compare("independent", configuration, schedule, independent.Estimate(configuration), measured[0], ends[0].Sequential.RoutersRight);
                    IndependentEstimates++;
                }
            }
        }
    }

    private async Task<RunEnd> RunAsync(WorkflowConfiguration configuration, int theCase, bool sequential)
    {
        Runs++;
        var what = $"{configuration.ToText(Graph)} on case {theCase}, {(sequential ? "sequential" : "parallel")}";
        try
        {
            using (Overdue.Begin($"{Graph.Name}, {what}"))
            {
                return await _stage.RunAsync(configuration, theCase, sequential);
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{what}: {exception.Message}\n{WorkflowSource.Write(Graph)}\n{World.Describe()}", exception);
        }
    }

    private void Compare(string proxy, WorkflowConfiguration configuration, Schedule schedule, Estimate estimate, Measured measured, bool routersRight = true)
    {
        void Say(string what, double estimated, double is_) => _found.Add(string.Create(
            CultureInfo.InvariantCulture, $"{proxy} {schedule} {what} of {configuration.ToText(Graph)}: estimated {estimated}, measured {is_}{(measured.IsLeast ? " or more" : "")}"));
        bool Same(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(b));
        bool Fits(double estimated, double spent) => Same(estimated, spent) || (measured.IsLeast && estimated > spent);

        // The independent proxy takes every answer after a wrong way for wrong.
        if (!(Same(estimate.Accuracy, measured.Accuracy) || (!routersRight && estimate.Accuracy < measured.Accuracy)))
        {
            Say("accuracy", estimate.Accuracy, measured.Accuracy);
        }

        if (!Fits(estimate.LatencySeconds, measured.Seconds))
        {
            Say("latency", estimate.LatencySeconds, measured.Seconds);
        }

        if (!Fits(estimate.Cost, measured.Cost))
        {
            Say("cost", estimate.Cost, measured.Cost);
        }
    }
}
