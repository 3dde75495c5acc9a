using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

/// <summary>
/// A random plan of the math workflow with a latency for each sub-agent under each model, and models that take just that on a clock moved by
/// them: in a sequential run one call is made after another, so that the clock is exact.
/// </summary>
internal sealed class TimedPlan
{
    public static readonly WorkflowGraph Graph = MathWorkflow.Graph;
    private static readonly string[] s_prompts = ["[program]", "", "[refine]", "[detail]", "[solve]", "[select]"];
    private readonly Dictionary<(int Node, string Model), int> _milliseconds = [];

    public TimedPlan(Random random, string[] models, Func<double, LatencyQuantiles>? right = null)
    {
        Models = models;
        var agents = Enumerable.Range(0, Graph.Nodes.Count).Where(node => Graph.Nodes[node].Kind == NodeKind.SubAgent).ToList();
        foreach (var (node, model) in agents.SelectMany(node => models.Select(model => (node, model))))
        {
            _milliseconds[(node, model)] = random.Next(1, 30);
        }

        var structures = new StructureSpace(Graph).Enumerate().ToList();
        var configurations = Enumerable.Range(0, random.Next(1, 9)).Select(i =>
        {
            var structure = structures[random.Next(structures.Count)];
            Setting?[] settings = [.. Graph.Nodes.Select((_, node) => agents.Contains(node) && structure.IsActive(node) ? new Setting(models[random.Next(models.Length)], 0) : (Setting?)null)];
            return (Structure: structure, Settings: settings, Accuracy: random.NextDouble(), Time: Total(structure, settings));
        }).OrderBy(one => one.Time).ToList();
        Plan = new WorkflowPlan(
            "math",
            Graph.Hash,
            "independent",
            "sequential",
            [.. configurations.Select((one, i) => new WorkflowConfiguration(
                $"c{i + 1:00}", one.Structure, one.Settings, new Estimate { Accuracy = one.Accuracy, LatencySeconds = one.Time / 1000.0, RightLatency = right?.Invoke(one.Time / 1000.0) }))],
            provenance: null)
        {
            Cells = [.. _milliseconds.Select(cell => new PlanCell(
                Graph.Nodes[cell.Key.Node].Name, new Setting(cell.Key.Model, 0), cell.Value / 2000.0, cell.Value / 1000.0))],
        };
    }

    public string[] Models { get; }

    public WorkflowPlan Plan { get; }

    /// <summary>What a call takes, in milliseconds.</summary>
    public int Of(int node, string model) => _milliseconds[(node, model)];

    /// <summary>What a configuration takes in a sequential run, in milliseconds.</summary>
    public int Total(WorkflowConfiguration configuration) => Total(configuration.Structure, [.. configuration.Settings.Select(settings => settings?.First)]);

    /// <summary>The sub-agent that was asked.</summary>
    public static int NodeOf(string prompt) => Array.IndexOf(s_prompts, prompt.Split(' ')[0]);

    /// <summary>Runs the workflow one call after another.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="preference">The preference.</param>
    /// <param name="milliseconds">The deadline.</param>
    /// <param name="call">What a call of a node to a model does beside taking its time: given how many there were before.</param>
    public Task<WorkflowResult<string>> RunAsync(
        ManualTime time, Preference preference, double milliseconds, Func<int, string, int, CancellationToken, string> call)
    {
        var calls = 0;
        var models = new NamedModels((model, prompt, _, token) => Task.FromResult(call(NodeOf(prompt), model, calls++, token)));
        var workflow = new MathWorkflow
        {
            Models = models.Catalog(Models),
            Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, FailuresToBreak = int.MaxValue },
        };
        return workflow.RunAsync(
            "x", preference, new RunOptions { Plan = Plan, Sequential = true, Deadline = TimeSpan.FromMilliseconds(milliseconds) });
    }

    private int Total(WorkflowStructure structure, IReadOnlyList<Setting?> settings) =>
        settings.Select((setting, node) => setting is { } one ? structure.Counts[node] * Of(node, one.Model) : 0).Sum();
}
