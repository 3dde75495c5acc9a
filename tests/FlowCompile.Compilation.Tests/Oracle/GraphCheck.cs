using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>One random graph with random profiles, by brute force and by the compiler.</summary>
internal sealed class GraphCheck
{
    private const double Tolerance = 1e-9;
    private const int MostConfigurations = 24;
    private const int MostWorlds = 2_000;

    private static readonly Objectives[] s_objectives =
    [
        Objectives.Accuracy | Objectives.Latency,
        Objectives.Accuracy | Objectives.Cost,
        Objectives.Latency | Objectives.Cost,
        Objectives.Accuracy | Objectives.Latency | Objectives.Cost,
    ];

    private readonly Random _random;
    private readonly Dictionary<string, Wiring> _meant;
    private readonly List<Disagreement> _found = [];

    private GraphCheck(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
        Graph = GraphMaker.Make(seed, hasNumbers: true);
        _meant = Oracle.Structures.Of(Graph);
        IsPerCall = _random.Next(2) == 0;

        // Where calls may differ, mostly those have several settings that are made several times.
        Settings = [.. Graph.Nodes.Select(node => node.Kind == NodeKind.Tool ? 0
            : !IsPerCall ? _random.Next(1, 4)
            : node.MaxCount > 1 ? _random.Next(2, 4)
            : _random.Next(7) == 0 ? 2 : 1)];
        Schedule = (Schedule)_random.Next(3);
        Objectives = s_objectives[_random.Next(s_objectives.Length)];
        Kind = _random.Next(10) switch
        {
            0 => RecordingKind.AllRight,
            1 => RecordingKind.AllWrong,
            < 5 => RecordingKind.Steady,
            _ => RecordingKind.Varied,
        };
        Cases = _random.Next(1, 5);
        HasMissing = Kind == RecordingKind.Varied && Cases > 1 && _random.Next(3) == 0;
    }

    public WorkflowGraph Graph { get; }

    /// <summary>The structures that the compiler enumerates, as they run.</summary>
    public List<(Wiring Wiring, WorkflowStructure Structure)> Structures { get; } = [];

    public int[] Settings { get; }

    public Schedule Schedule { get; }

    public Objectives Objectives { get; }

    public RecordingKind Kind { get; }

    public int Cases { get; }

    public bool HasMissing { get; }

    /// <summary>Whether the calls of a node may have different settings.</summary>
    public bool IsPerCall { get; }

    /// <summary>How many configurations have calls of a node under different settings.</summary>
    public int Mixed { get; private set; }

    public GraphTraits Traits => GraphMaker.TraitsOf(Graph);

    /// <summary>Whether there is nothing to check, or too much.</summary>
    public bool IsSkipped { get; private set; }

    public int IndependentEstimates { get; private set; }

    public int PairedEstimates { get; private set; }

    public int Fronts { get; private set; }

    /// <summary>How many of the configurations may end without output, and with an exception.</summary>
    public (int NoOutput, int Threw) Ends { get; private set; }

    public IReadOnlyList<Disagreement> Found => _found;

    /// <summary>The seed of the graph and all else.</summary>
    public int Seed { get; }

    public static GraphCheck Run(int seed)
    {
        var check = new GraphCheck(seed);
        try
        {
            check.Run();
        }
        catch (Exception exception)
        {
            check.Say("exception", exception.ToString());
        }

        return check;
    }

    public string Describe() => $"seed {Seed}, {Schedule}, {Objectives}, {Kind}, {Cases} cases, settings {string.Join(" ", Settings)}{(IsPerCall ? " per call" : "")}\n"
        + GraphMaker.Describe(Graph) + "\n"
        + string.Join("\n", _found.GroupBy(one => one.What).SelectMany(group => group.Take(3)).Select(one => "    " + one));

    private void Run()
    {
        CheckStructures();
        if (_found.Count > 0 || _meant.Count == 0)
        {
            IsSkipped = _meant.Count == 0;
            return;
        }

        while (AllOf.Count(Graph, Structures, Settings, IsPerCall) > MostConfigurations)
        {
            // Where calls may differ, the nodes that make several keep their settings longest.
            var reducible = Enumerable.Range(0, Settings.Length).Where(node => Settings[node] > 1).ToList();
            if (reducible.Count == 0)
            {
                IsSkipped = true;
                return;
            }

            Settings[reducible.OrderBy(node => IsPerCall && Graph.Nodes[node].MaxCount > 1).ThenByDescending(node => Settings[node]).First()]--;
        }

        var configurations = AllOf.Configurations(Graph, Structures, Settings, IsPerCall);
        if (configurations.TrueForAll(configuration => Array.TrueForAll(configuration.Settings, setting => setting is null)))
        {
            IsSkipped = true;
            return;
        }

        CheckTexts(configurations);
        Mixed = configurations.Count(configuration => Array.Exists(configuration.Settings, calls => calls?.Distinct().Count() > 1));
        CheckIndependent(configurations);
        CheckPaired(configurations);
    }

    private void CheckStructures()
    {
        foreach (var structure in new StructureSpace(Graph).Enumerate())
        {
            var counts = string.Join(",", structure.Counts);
            if (Oracle.Structures.Run(Graph, structure.Counts) is not { } wiring || !_meant.ContainsKey(wiring.Signature))
            {
                Say("structure", $"{counts} is enumerated and is none");
                continue;
            }

            if (Structures.Any(other => other.Wiring.Signature == wiring.Signature))
            {
                Say("structure", $"{counts} is enumerated twice");
                continue;
            }

            Structures.Add((wiring, structure));
            if (!WorkflowStructure.Create(Graph, structure.Counts).Equals(structure))
            {
                Say("structure", $"{counts} is not read back as itself");
            }

            var called = AllOf.Called(Graph, wiring);
            if (Enumerable.Range(0, called.Length).Any(node => Graph.Nodes[node].Kind == NodeKind.SubAgent && structure.IsCalled(node) != called[node]))
            {
                Say("called", $"{structure.ToText(Graph)}: {string.Join(" ", Graph.Nodes.Where((_, node) => called[node]))} may be called");
            }
        }

        foreach (var wiring in _meant.Values.Where(wiring => Structures.All(one => one.Wiring.Signature != wiring.Signature) && Oracle.Structures.IsSaid(Graph, wiring)))
        {
            Say("structure", $"{string.Join(",", wiring.Counts)} runs and is not enumerated");
        }

        if (Structures.GroupBy(one => one.Structure.ToText(Graph)).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            Say("structure", $"two have the text '{same.Key}'");
        }
    }

    private void CheckTexts(List<OracleConfiguration> configurations)
    {
        foreach (var subject in configurations.Select(configuration => configuration.Subject).Where(subject => subject.Settings.Any(setting => setting is not null)))
        {
            var text = subject.ToText(Graph);
            var (counts, settings) = ConfigurationText.Read(Graph, text, out var aside);
            if (ConfigurationText.StructureOf(Graph, counts, aside)?.Equals(subject.Structure) != true || !settings.SequenceEqual(subject.Settings))
            {
                Say("text", $"{string.Join(",", subject.Structure.Counts)} is written '{text}' and not read as that");
            }
        }
    }

    private void CheckIndependent(List<OracleConfiguration> configurations)
    {
        var certain = _random.Next(6) switch { 0 => 1.0, 1 => 0.0, _ => -1 };
        var rows = Graph.Nodes.Select((_, node) => (IReadOnlyList<SettingProfile>)[.. Enumerable.Range(0, Settings[node]).Select(setting => new SettingProfile(
            Recording.SettingOf(setting),
            certain >= 0 ? certain : _random.Next(5) == 0 ? _random.Next(2) : Math.Round(_random.NextDouble(), 2),
            _random.Next(0, 41) / 8.0,
            _random.Next(0, 20) / 1000.0,
            10))]).ToArray();
        var values = new Dictionary<string, (string Value, double Probability)[]>();
        foreach (var router in Graph.Nodes.Select(node => node.Condition?.Router).OfType<string>().Distinct())
        {
            var named = Graph.Nodes.Where(node => node.Condition?.Router == router).SelectMany(node => node.Condition!.Values).Distinct().Append(BranchProbabilities.Other).ToList();
            var weights = named.Select(_ => (double)_random.Next(0, 4)).ToArray();
            weights[_random.Next(weights.Length)]++;
            values[router] = [.. named.Select((value, i) => (value, weights[i] / weights.Sum()))];
        }

        var table = new ProfileTable(Graph, Enumerable.Range(0, Graph.Nodes.Count).Where(node => Settings[node] > 0).ToDictionary(node => Graph.Nodes[node].Name, node => rows[node]));
        var branches = new BranchProbabilities(values.ToDictionary(
            pair => pair.Key, pair => (IReadOnlyDictionary<string, double>)pair.Value.ToDictionary(value => value.Value, value => value.Probability)));
        var calls = new IndependentCalls(Graph, rows, values);
        var worths = new Dictionary<string, Worth>();
        foreach (var configuration in configurations)
        {
            var worth = Worth.OfMeans(Graph, configuration.Wiring, configuration.Settings, calls, MostWorlds);
            if (worth.Worlds >= MostWorlds)
            {
                IsSkipped = true;
                return;
            }

            worths[configuration.Key] = worth;
        }

        Ends = (worths.Values.Count(worth => worth.NoOutput > 0), worths.Values.Count(worth => worth.Threw > 0));
        foreach (var schedule in Enum.GetValues<Schedule>())
        {
            var proxy = new IndependentProxy(table, schedule, branches);
            foreach (var configuration in configurations)
            {
                Compare("independent", proxy.Estimate(configuration.Subject), worths[configuration.Key], schedule, configuration);
                IndependentEstimates++;
            }
        }

        var known = new IndependentProxy(table, Schedule, branches);
        var estimates = configurations.ToDictionary(one => one.Key, one => Of(known.Estimate(one.Subject)));
        if (_found.Count > 0 || Schedule == Schedule.Superstep)
        {
            return;
        }

        var compiled = FlowCompiler.Compile(
            table, new CompileOptions { Proxy = ProxyKind.Independent, Schedule = Schedule, Objectives = Objectives, Branches = branches, SettingPerCall = IsPerCall });
        CheckFront("independent front", compiled, estimates);
    }

    private void CheckPaired(List<OracleConfiguration> configurations)
    {
        var recording = new Recording(Graph, Cases, Settings, Kind, Seed) { HasSteadyTimes = Kind != RecordingKind.Steady };
        var worths = new Dictionary<string, Worth>();
        foreach (var configuration in configurations)
        {
            var byCase = Enumerable.Range(0, Cases).Select(theCase =>
                Worth.Of(Graph, configuration.Wiring, configuration.Settings, new RecordedCalls(Graph, recording, theCase), routerMustBeRight: false, MostWorlds)).ToList();
            if (byCase.Any(worth => worth.Worlds >= MostWorlds))
            {
                IsSkipped = true;
                return;
            }

            worths[configuration.Key] = Worth.Mean(byCase);
        }

        var table = recording.ToTable(HasMissing ? 0.15 : 0);
        if (table.Recorded is null || Enumerable.Range(0, Graph.Nodes.Count).Any(node => table.Of(node).Count < Settings[node]))
        {
            IsSkipped = true;
            return;
        }

        var estimates = new Dictionary<string, (double, double, double)>();
        var proxy = new PairedProxy(table.Recorded, Schedule);
        foreach (var configuration in configurations)
        {
            var estimate = proxy.Estimate(configuration.Subject);
            PairedEstimates++;
            estimates[configuration.Key] = Of(estimate);
            if (HasMissing)
            {
                CheckSane("paired with missing calls", estimate, configuration);
            }
            else
            {
                Compare("paired", estimate, worths[configuration.Key], Schedule, configuration, isDrawn: true);
            }
        }

        if (_found.Count > 0)
        {
            return;
        }

        var compiled = FlowCompiler.Compile(table, new CompileOptions { Schedule = Schedule, Objectives = Objectives, SettingPerCall = IsPerCall });
        CheckFront("paired front", compiled, estimates);
    }

    private void CheckFront(string what, CompiledFrontier compiled, Dictionary<string, (double Accuracy, double Seconds, double Cost)> worths)
    {
        Fronts++;
        var loss = (compiled.AccuracyLoss ?? 1) + (compiled.Plan.FoldedLoss ?? 0);

        // A structure that calls no sub-agent has nothing to configure: it is no configuration.
        var noCall = " " + string.Join(",", Graph.Nodes.Select(_ => "-"));
        var plan = compiled.Plan.Configurations.ToDictionary(OracleConfiguration.KeyOf, configuration => configuration);
        foreach (var (key, configuration) in plan)
        {
            if (!worths.TryGetValue(key, out var worth))
            {
                Say(what, $"{key} is in the plan and is no configuration");
                continue;
            }

            if (Math.Abs((configuration.Estimate!.RecordedAccuracy ?? configuration.Estimate.Accuracy) - worth.Accuracy) > Tolerance
                || Math.Abs(configuration.Estimate.LatencySeconds - worth.Seconds) > Tolerance
                || Math.Abs(configuration.Estimate.Cost - worth.Cost) > Tolerance)
            {
                Say(what, $"{key} has {configuration.Estimate.Accuracy:R}, {configuration.Estimate.LatencySeconds:R} s, {configuration.Estimate.Cost:R} and is worth {worth}");
            }
        }

        foreach (var (key, worth) in worths.Where(pair => !pair.Key.EndsWith(noCall, StringComparison.Ordinal)))
        {
            if (!plan.Keys.Any(kept => worths.TryGetValue(kept, out var other) && Beats(other, worth, loss)))
            {
                Say(what, $"{key}, worth {worth}, is missing from the plan (loss {loss:R}) of {string.Join("; ", plan.Keys.Select(kept => $"{kept} {worths.GetValueOrDefault(kept)}"))}");
            }

            if (plan.ContainsKey(key) && worths.FirstOrDefault(other => Beats(other.Value, worth, -Tolerance * 10) && StrictlyBetter(other.Value, worth)) is { Key: not null } better
                && plan.ContainsKey(better.Key))
            {
                Say(what, $"{key}, worth {worth}, is in the plan beside {better.Key}, worth {better.Value}");
            }
        }

        var again = PlanFile.Parse(PlanFile.Serialize(compiled.Plan, Graph), Graph, "again");
        if (!again.Configurations.Select(OracleConfiguration.KeyOf).SequenceEqual(compiled.Plan.Configurations.Select(OracleConfiguration.KeyOf)))
        {
            Say(what, "the plan is not read as it was written");
        }
    }

    private static (double Accuracy, double Seconds, double Cost) Of(Estimate estimate) =>
        (estimate.RecordedAccuracy ?? estimate.Accuracy, estimate.LatencySeconds, estimate.Cost);

    private bool Beats((double Accuracy, double Seconds, double Cost) a, (double Accuracy, double Seconds, double Cost) b, double loss) =>
        (!Objectives.HasFlag(Objectives.Accuracy) || a.Accuracy >= b.Accuracy - loss - Tolerance)
        && (!Objectives.HasFlag(Objectives.Latency) || a.Seconds <= b.Seconds + Tolerance)
        && (!Objectives.HasFlag(Objectives.Cost) || a.Cost <= b.Cost + Tolerance);

    private bool StrictlyBetter((double Accuracy, double Seconds, double Cost) a, (double Accuracy, double Seconds, double Cost) b) =>
        (Objectives.HasFlag(Objectives.Accuracy) && a.Accuracy > b.Accuracy + (Tolerance * 10))
        || (Objectives.HasFlag(Objectives.Latency) && a.Seconds < b.Seconds - (Tolerance * 10))
        || (Objectives.HasFlag(Objectives.Cost) && a.Cost < b.Cost - (Tolerance * 10));

    private void Compare(string what, Estimate estimate, Worth worth, Schedule schedule, OracleConfiguration configuration, bool isDrawn = false)
    {
        if (Math.Abs(estimate.Accuracy - worth.Accuracy) > Tolerance)
        {
            Say($"{what} accuracy", $"{configuration.Subject.ToText(Graph)} is estimated at {estimate.Accuracy:0.######} and is right with {worth.Accuracy:0.######}");
        }

        // Where runs on a case differ, what they take is a mean over draws: it lies between the least and the most.
        var index = schedule switch { Schedule.Sequential => 0, Schedule.Parallel => 1, _ => 2 };
        CompareSpent($"{what} latency {schedule}", estimate.LatencySeconds, worth.Seconds(schedule), isDrawn ? worth : null, index, configuration);
        CompareSpent($"{what} cost", estimate.Cost, worth.Cost, isDrawn ? worth : null, 3, configuration);
    }

    private void CompareSpent(string what, double estimate, double mean, Worth? range, int index, OracleConfiguration configuration)
    {
        var (least, most) = range is null ? (mean, mean) : (range.Least[index], range.Most[index]);
        if (!(estimate >= least - Tolerance && estimate <= most + Tolerance))
        {
            Say(what, $"{configuration.Subject.ToText(Graph)} is estimated at {estimate:0.######} and takes {mean:0.######} ({least:0.######} to {most:0.######})");
        }
    }

    private void CheckSane(string what, Estimate estimate, OracleConfiguration configuration)
    {
        if (!(estimate.Accuracy >= 0 && estimate.Accuracy <= 1 && estimate.LatencySeconds >= 0 && estimate.Cost >= 0)
            || !double.IsFinite(estimate.LatencySeconds) || !double.IsFinite(estimate.Cost))
        {
            Say(what, $"{configuration.Subject.ToText(Graph)} is estimated at {estimate}");
        }
    }

    private void Say(string what, string detail) => _found.Add(new Disagreement(what, detail));
}
