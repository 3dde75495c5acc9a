using System.Text;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Tests.Graph;

/// <summary>On random graphs: counts, texts and plans say of a structure all that runs in it, and there is one structure for each thing that can run.</summary>
public class StructurePropertyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Structures_AreAllThatCanRun_EachOnce(int seed) => ForEach(seed, (graph, structures) =>
    {
        var runs = structures.Select(structure => StructureDefinition.Of(graph, structure)).ToList();

        Assert.Equal(StructureDefinition.All(graph).Order(StringComparer.Ordinal), runs.Order(StringComparer.Ordinal));
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Structure_IsReadBackFromItsCountsAndItsText(int seed) => ForEach(seed, (graph, structures) =>
    {
        var space = new StructureSpace(graph);
        Assert.All(structures, structure =>
        {
            var read = WorkflowStructure.Create(graph, structure.Counts);
            Assert.Equal(structure, read);
            Assert.Equal(StructureDefinition.Of(graph, structure), StructureDefinition.Of(graph, read));
            Assert.Equal(structure, Read(space, graph, structure.ToText(graph)));
        });
        Assert.Equal(structures.Count, structures.Select(structure => structure.ToText(graph)).Distinct(StringComparer.Ordinal).Count());
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_OfAllStructures_IsReadAsItWasWritten(int seed) => ForEach(seed, (graph, structures) =>
    {
        if (structures.Count == 0)
        {
            return;
        }

        var plan = new WorkflowPlan(graph.Name, graph.Hash, "independent", "parallel", [.. structures.Select((structure, i) => Configuration(graph, structure, i))], null);
        var written = PlanFile.Serialize(plan, graph);

        var read = PlanFile.Parse(written, graph, "random.flowplan.json");

        Assert.Equal(structures, read.Configurations.Select(configuration => configuration.Structure));
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(PlanFile.Serialize(read, graph)));
        Assert.Equal(plan.Configurations.Select(one => one.ToText(graph)), read.Configurations.Select(one => one.ToText(graph)));
    });

    [Fact]
    public void NamesOfConfigurations_ThatDifferInParenthesesOnly_StayTheirOwn()
    {
        var graph = new WorkflowGraph(
            "aside",
            [
                Graphs.Agent("G", Graphs.Input("x")),
                new("Sel", NodeKind.SubAgent, "string", [Graphs.Any("list", 2, "G")]) { IsOptional = true },
                Graphs.Agent("D", Graphs.From("g", "G")),
                Graphs.Agent("Out", Graphs.Any("list", 1, "D", "Sel")),
            ],
            "Out");
        WorkflowConfiguration[] configurations = [.. new StructureSpace(graph).Enumerate().Select((structure, i) => Configuration(graph, structure, i))];
        var named = new WorkflowPlan(
            graph.Name, graph.Hash, "independent", "parallel",
            [.. configurations.Reverse().Select((one, i) => new WorkflowConfiguration(one.Id, one.Structure, one.Settings, new Estimate { Accuracy = 0.5, LatencySeconds = i }) { Name = one.Structure.ToText(graph) })], null);
        var compiled = new WorkflowPlan(graph.Name, graph.Hash, "independent", "parallel", configurations, null);

        var kept = compiled.Keeping(PlanFile.ParseDocument(PlanFile.Serialize(named, graph), "aside.flowplan.json"), graph);

        Assert.Equal(["G D Out", "G (Sel) D Out"], kept.Configurations.Select(one => one.Name));
    }

    private static void ForEach(int seed, Action<WorkflowGraph, List<WorkflowStructure>> check)
    {
        for (var part = 0; part < 10; part++)
        {
            var graph = RandomGraph.Create((seed * 10) + part, beyondCode: part % 3 == 2);
            check(graph, [.. new StructureSpace(graph).Enumerate()]);
        }
    }

    private static WorkflowConfiguration Configuration(WorkflowGraph graph, WorkflowStructure structure, int i) => new(
        $"c{i}",
        structure,
        [.. graph.Nodes.Select((node, at) => node.Kind == NodeKind.SubAgent && structure.IsCalled(at) ? new Setting("mini", 8) : (Setting?)null)],
        new Estimate { Accuracy = 0.5, LatencySeconds = i });

    private static WorkflowStructure? Read(StructureSpace space, WorkflowGraph graph, string text)
    {
        var (called, aside) = (new int[graph.Nodes.Count], new int[graph.Nodes.Count]);
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var inside = part.Trim('(', ')').Split('*');
            (part[0] == '(' ? aside : called)[graph.IndexOf(inside[0])] = inside.Length == 1 ? 1 : int.Parse(inside[1], null);
        }

        return space.Find(called, aside);
    }
}
