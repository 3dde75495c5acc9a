using System.Text;
using System.Text.Json.Nodes;
using FlowCompile.Generators.Tests.Harness;
using FlowCompile.Plans;

namespace FlowCompile.Generators.Tests;

/// <summary>A plan of many configurations, which is emitted as data: against the same file as the library reads it.</summary>
public class LargePlanTests
{
    private const int Configurations = 100;

    [Fact]
    public void Configurations_AreThoseOfTheFile()
    {
        var text = PlanText();
        var run = GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings(), new TextFile("/project/math.flowplan.json", text)).AssertCompiles();
        var type = run.Load().GetType("WordMath.MathWorkflow")!;
        var descriptor = (WorkflowDescriptor)type.GetInterfaceMap(typeof(IWorkflow)).TargetMethods[0].Invoke(null, null)!;
        var expected = PlanFile.Parse(Encoding.UTF8.GetBytes(text), descriptor.Graph, "math.flowplan.json").Configurations;
        var actual = descriptor.CompiledPlan!.Configurations;

        Assert.Equal(Configurations, actual.Count);
        Assert.Equal(expected.Select(one => (one.Id, one.Name)), actual.Select(one => (one.Id, one.Name)));
        Assert.Equal(expected.Select(one => one.Structure), actual.Select(one => one.Structure));
        Assert.Equal(expected.Select(one => one.ToText(descriptor.Graph)), actual.Select(one => one.ToText(descriptor.Graph)));
        Assert.Equal(expected.Select(one => one.Estimate), actual.Select(one => one.Estimate));

        var plan = type.GetNestedType("Plan")!;
        Assert.Same(actual[7], plan.GetProperty("C007")!.GetValue(null));
        Assert.Same(actual[3], plan.GetProperty("TheFourth")!.GetValue(null));
        Assert.Same(actual[0], plan.GetProperty("Fastest")!.GetValue(null));
        Assert.Same(actual.MaxBy(one => one.Estimate!.Accuracy), plan.GetProperty("MostAccurate")!.GetValue(null));
    }

    // Several structures, settings that differ between replicas, names of all kinds, and numbers that are hard to write.
    private static string PlanText()
    {
        var random = new Random(1);
        var json = JsonNode.Parse(Sources.Plan("math").GetText().ToString())!.AsObject();
        json["version"] = 2;
        var (small, large) = (json["configurations"]![0]!, json["configurations"]![1]!);
        var all = new JsonArray();
        for (var i = 0; i < Configurations; i++)
        {
            var one = (i % 3 == 0 ? small : large).DeepClone().AsObject();
            one["id"] = $"c{i:000}";
            if (i is 3 or 4 or 5)
            {
                one["name"] = i switch { 3 => "the fourth", 4 => "\"quoted\" \\ \"\"\" ä 😀", _ => "double  space" };
            }

            if (i % 3 == 1)
            {
                one["settings"]!["GenerateSolver"] = new JsonArray("nano@16", "mini@64");
            }

            one["estimate"] = new JsonObject
            {
                ["accuracy"] = random.NextDouble(),
                ["latencySeconds"] = 1e-7 + (i * 0.1 / 3),
                ["cost"] = i % 2 == 0 ? 0 : random.NextDouble() * 1e-9,
            };
            foreach (var optional in new[] { "recordedAccuracy", "energyJoules", "latencyP50Seconds", "latencyP95Seconds" }.Where(_ => random.Next(2) == 0))
            {
                one["estimate"]![optional] = random.NextDouble();
            }

            if (i % 4 == 0)
            {
                one["estimate"]!["rightLatencySeconds"] = new JsonArray(0, 1e-9, 0.1 + i, 1000);
            }

            all.Add(one);
        }

        json["configurations"] = all;
        return json.ToJsonString();
    }
}
