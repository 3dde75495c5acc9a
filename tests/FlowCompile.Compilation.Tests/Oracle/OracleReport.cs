using System.Globalization;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>What came of checking many random graphs.</summary>
internal sealed class OracleReport
{
    private readonly Dictionary<GraphTraits, int> _traits = Enum.GetValues<GraphTraits>().Where(trait => trait != GraphTraits.None).ToDictionary(trait => trait, _ => 0);

    public int Graphs { get; private set; }

    /// <summary>Graphs without a structure, or with too many configurations or worlds to go through.</summary>
    public int Skipped { get; private set; }

    public int IndependentEstimates { get; private set; }

    public int PairedEstimates { get; private set; }

    public int Fronts { get; private set; }

    /// <summary>Configurations in which calls of a node have different settings.</summary>
    public int Mixed { get; private set; }

    public int OneCase { get; private set; }

    public int AllRight { get; private set; }

    public int AllWrong { get; private set; }

    public int MissingCalls { get; private set; }

    public int Schedules => _schedules.Count;

    /// <summary>Graphs with a configuration that may end without output, and with one that may end in an exception.</summary>
    public int NoOutput { get; private set; }

    public int Threw { get; private set; }

    public IReadOnlyDictionary<GraphTraits, int> Traits => _traits;

    /// <summary>The graphs in which the two disagree.</summary>
    public List<GraphCheck> Disagreeing { get; } = [];

    private readonly HashSet<Schedule> _schedules = [];

    /// <summary>Checks graphs.</summary>
    /// <param name="from">The seed of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="told">What is told of each.</param>
    /// <param name="ends">Says before each whether it is time to end.</param>
    public static OracleReport Of(int from, int count, Action<GraphCheck>? told = null, Func<bool>? ends = null)
    {
        var report = new OracleReport();
        for (var seed = from; seed < from + count && ends?.Invoke() != true; seed++)
        {
            var check = GraphCheck.Run(seed);
            report.Add(check);
            told?.Invoke(check);
        }

        return report;
    }

    public override string ToString() => string.Join(Environment.NewLine, new[]
    {
        Line("graphs", Graphs),
        Line("without structure, or too large", Skipped),
        Line("independent estimates", IndependentEstimates),
        Line("paired estimates", PairedEstimates),
        Line("fronts", Fronts),
        Line("settings that differ by call", Mixed),
        Line("profiles of one case", OneCase),
        Line("profiles that are all right", AllRight),
        Line("profiles that are all wrong", AllWrong),
        Line("profiles with missing calls", MissingCalls),
        Line("graphs with runs without output", NoOutput),
        Line("graphs with runs that throw", Threw),
        Line("graphs that disagree", Disagreeing.Count),
    }.Concat(_traits.Select(trait => Line($"  with {trait.Key}", trait.Value))));

    private static string Line(string what, int count) => string.Create(CultureInfo.InvariantCulture, $"{what,-34}{count,9:N0}");

    private void Add(GraphCheck check)
    {
        Graphs++;
        if (check.Found.Count > 0)
        {
            Disagreeing.Add(check);
        }

        if (check.IsSkipped)
        {
            Skipped++;
            return;
        }

        IndependentEstimates += check.IndependentEstimates;
        PairedEstimates += check.PairedEstimates;
        Fronts += check.Fronts;
        Mixed += check.Mixed;
        OneCase += check.Cases == 1 ? 1 : 0;
        AllRight += check.Kind == RecordingKind.AllRight ? 1 : 0;
        AllWrong += check.Kind == RecordingKind.AllWrong ? 1 : 0;
        MissingCalls += check.HasMissing ? 1 : 0;
        NoOutput += check.Ends.NoOutput > 0 ? 1 : 0;
        Threw += check.Ends.Threw > 0 ? 1 : 0;
        _schedules.Add(check.Schedule);
        foreach (var trait in _traits.Keys.Where(trait => check.Traits.HasFlag(trait)))
        {
            _traits[trait]++;
        }
    }
}
