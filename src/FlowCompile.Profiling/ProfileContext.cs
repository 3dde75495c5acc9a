using System.Globalization;
using FlowCompile.Graph;
using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>What the steps of one profile share.</summary>
internal sealed class ProfileContext
{
    public ProfileContext(
        WorkflowDescriptor descriptor, ModelCatalog models, ProjectSettings settings, ProfileStore store, ProfilerOptions options, TimeProvider time)
    {
        Descriptor = descriptor;
        Models = MeteredModel.Of(models, this);
        Section = settings.GetWorkflow(descriptor.Graph.Name);
        Store = store;
        Options = options;
        Time = time;
        Space = new SettingSpace(descriptor, settings);
        Largest = new StructureSpace(descriptor.Graph).Largest;
        Spending = new Spending(options with { MaxTime = null }, settings, time); // until a run begins, and its time
        Workflow = WorkflowInstance.Create(descriptor, Models);
        SeedText = Section.Seed.ToString(CultureInfo.InvariantCulture);
        var type = Workflow.GetType();
        Codes = WorkflowCodes.Of(type, descriptor.Graph, store.Cells.ReadManifest());
        SubAgents = [.. Enumerable.Range(0, descriptor.Graph.Nodes.Count).Where(node => Space.Of(node).Count > 0)];
        JudgedNodes = Section.Judge is null ? new HashSet<int>() : SubAgents.Where(node => !descriptor.CanScore(node) || descriptor.CaseType is null).ToHashSet();
        Judge = JudgedNodes.Count == 0 ? null : new Judge(this);
        Identities = SubAgents.SelectMany(Space.Of).Select(setting => setting.Model)
            .Concat(Judge is null ? [] : [Section.Judge!.Setting.Model])
            .Concat(SubAgents.Count == 0 ? [] : new[] { Section.Reference, Section.WeakReference }
                .SelectMany(reference => Space.SettingsUnder(reference, Largest)).OfType<Setting>().Select(setting => setting.Model))
            .Distinct().ToDictionary(name => name, name => ModelIdentity.Of(Models, name));
    }

    public WorkflowDescriptor Descriptor { get; }

    /// <summary>The models; every call of theirs is counted.</summary>
    public ModelCatalog Models { get; }

    public WorkflowSettings Section { get; }

    public ProfileStore Store { get; }

    public ProfilerOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>What the run at work has spent.</summary>
    public Spending Spending { get; set; }

    /// <summary>The settings of every sub-agent.</summary>
    public SettingSpace Space { get; }

    /// <summary>The largest structure: what the reference runs run.</summary>
    public WorkflowStructure Largest { get; }

    /// <summary>The workflow's instance.</summary>
    public object Workflow { get; }

    /// <summary>The seed of the profile, as text.</summary>
    public string SeedText { get; }

    /// <summary>The hash of the score methods.</summary>
    public string ScoreHash => Codes.Scores;

    /// <summary>The hash of every node's code.</summary>
    public IReadOnlyList<string> CodeHashes => Codes.Nodes;

    /// <summary>How its code is told.</summary>
    public WorkflowCodes Codes { get; }

    /// <summary>The indexes of the sub-agents that are called in some structure.</summary>
    public IReadOnlyList<int> SubAgents { get; }

    /// <summary>What measures the energy of a model's calls; <see langword="null"/> where they are computed elsewhere, or this machine cannot tell.</summary>
    /// <param name="model">The model's name.</param>
    public EnergyMeter? EnergyOf(string model) =>
        Models[model].GetService(typeof(ModelDescription)) is ModelDescription { RunsHere: true } description && Options.Energy.Value is { } meter && meter.Counts(description.Device) ? meter : null;

    /// <summary>The indexes of the sub-agents that have no score method and are judged.</summary>
    public IReadOnlySet<int> JudgedNodes { get; }

    /// <summary>What judges them; <see langword="null"/> where there are none.</summary>
    public Judge? Judge { get; }

    /// <summary>The hash of what judges a node; <see langword="null"/> where nothing does.</summary>
    /// <param name="node">The node's index.</param>
    public string? JudgeOf(int node) => JudgedNodes.Contains(node) ? Judge!.HashOf(Descriptor.Graph.Nodes[node].Name) : null;

    /// <summary>The hash of what scores a node.</summary>
    /// <param name="node">The node's index.</param>
    public string ScorerOf(int node) => JudgeOf(node) ?? ScoreHash;

    /// <summary>What is known of every model in use, by its name.</summary>
    public IReadOnlyDictionary<string, ProfiledModel> Identities { get; }
}
