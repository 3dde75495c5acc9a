using FlowCompile.Graph;
using FlowCompile.Json;

namespace FlowCompile.Plans;

/// <summary>Reads a plan of one graph and says of everything it does not accept where it stands.</summary>
internal sealed class PlanReader(string file, WorkflowGraph graph) : PlanPartReader(file)
{
    public WorkflowPlan Read(byte[] utf8)
    {
        var (root, members) = Open(utf8);
        CheckGraph(root, members);
        var json = ConfigurationsOf(root, members);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var configurations = json.ConvertAll(item => ReadConfiguration(item, ids));
        var cells = ReadCells(members);
        foreach (var (cell, line, _) in cells)
        {
            NodeOf(cell.Node, line, "'cells'");
        }

        CheckOrder(json, configurations.ConvertAll(one => (one.Id, one.Estimate!)));
        return new WorkflowPlan(
            graph.Name,
            graph.Hash,
            Text(Needed(root, members, "proxy", "the plan"), "'proxy'"),
            Text(Needed(root, members, "schedule", "the plan"), "'schedule'"),
            configurations,
            ReadProvenance(members))
        {
            Objectives = ReadObjectives(members),
            AccuracyLoss = ReadShare(members, "accuracyLoss"),
            Folded = ReadCount(members, "folded"),
            FoldedLoss = ReadShare(members, "foldedLoss"),
            Cells = cells.ConvertAll(pair => pair.Cell),
            Verification = ReadVerification(members),
            Extensions = ExtensionsOf(root, PlanFormat.PlanMembers),
            CellExtensions = cells.Where(pair => pair.Extensions.Count > 0).ToDictionary(pair => (pair.Cell.Node, pair.Cell.Setting), pair => pair.Extensions),
            ProvenanceExtensions = ExtensionsOf(members.GetValueOrDefault("provenance"), PlanFormat.ProvenanceMembers),
        };
    }

    private void CheckGraph(LocatedJson root, Dictionary<string, LocatedJson> members)
    {
        var workflow = Needed(root, members, "workflow", "the plan");
        var name = Text(workflow, "'workflow'");
        if (name != graph.Name)
        {
            throw Fail(workflow.Line, $"the plan is for the workflow '{name}', not for '{graph.Name}'; name the right file");
        }

        var hash = Needed(root, members, "graphHash", "the plan");
        if (Text(hash, "'graphHash'") != graph.Hash)
        {
            throw Fail(hash.Line, $"the plan is stale: it was compiled for another graph of '{graph.Name}'; run 'flowcompile profile' again, which measures only what changed");
        }
    }

    private WorkflowConfiguration ReadConfiguration(LocatedJson json, HashSet<string> ids)
    {
        var members = Object(json, "a configuration", known: null);
        var id = ReadId(json, members, ids);
        var what = $"the configuration '{id}'";
        var counts = ReadCounts(Needed(json, members, "counts", what), what);
        var structure = StructureOf(json, counts, what);
        var estimate = Needed(json, members, "estimate", what);
        return new WorkflowConfiguration(id, structure, ReadSettings(Needed(json, members, "settings", what), structure, what), ReadEstimate(estimate, what))
        {
            Name = members.TryGetValue("name", out var name) ? Text(name, $"'name' of {what}") : null,
            Extensions = ExtensionsOf(json, PlanFormat.ConfigurationMembers),
            EstimateExtensions = ExtensionsOf(estimate, PlanFormat.EstimateMembers),
        };
    }

    private int[] ReadCounts(LocatedJson json, string what)
    {
        var counts = new int[graph.Nodes.Count];
        foreach (var (node, value) in Object(json, $"'counts' of {what}", known: null))
        {
            counts[NodeOf(node, value.Line, what)] = Integer(value, $"the count of '{node}' in {what}");
        }

        return counts;
    }

    private WorkflowStructure StructureOf(LocatedJson json, int[] counts, string what)
    {
        try
        {
            return WorkflowStructure.Create(graph, counts);
        }
        catch (GraphException e)
        {
            throw Fail(json.Line, $"{what} has no valid structure: {e.Message.TrimEnd('.')}; {Recompile}");
        }
    }

    private CallSettings?[] ReadSettings(LocatedJson json, WorkflowStructure structure, string what)
    {
        var settings = new CallSettings?[graph.Nodes.Count];
        foreach (var (node, value) in Object(json, $"'settings' of {what}", known: null))
        {
            var index = NodeOf(node, value.Line, what);
            var own = ReadSettings(value, node, structure.Counts[index], what);
            settings[index] = own.IsUniform || graph.Nodes[index].Repair is not null ? own : CallSettings.ForReplicas(Enumerable.Range(0, own.Count).Select(call => own[call]));
            if (!own.IsUniform && graph.Nodes[index].HasSameSettings)
            {
                throw Fail(value.Line, $"the plan is stale: {what} runs the calls of '{node}' under different settings, which its attribute does not allow (Same = true); {Recompile}");
            }

            foreach (var setting in own.Distinct.Where(setting => structure.IsCalled(index) && !graph.Allows(index, setting.Model, setting.Budget)))
            {
                throw Fail(value.Line, $"the plan is stale: {what} runs '{node}' under {setting}, which its Models and Budgets, or those of the workflow, do not allow; {Recompile}");
            }
        }

        for (var i = 0; i < settings.Length; i++)
        {
            // A setting of what is never called was written once, and means nothing: the configuration does without.
            var needed = structure.IsCalled(i) && graph.Nodes[i].Kind == NodeKind.SubAgent;
            var allowed = structure.IsActive(i) && graph.Nodes[i].Kind == NodeKind.SubAgent;
            if (settings[i] is null ? needed : !allowed)
            {
                throw Fail(json.Line, $"{what} {(needed ? "has no setting for" : "has a setting for the inactive")} '{graph.Nodes[i].Name}'; {Recompile}");
            }
        }

        return settings;
    }

    private int NodeOf(string name, int line, string what) => graph.IndexOf(name) is >= 0 and var index
        ? index
        : throw Fail(line, $"{what} names the node '{name}', which the workflow '{graph.Name}' does not have; {Recompile}");
}
