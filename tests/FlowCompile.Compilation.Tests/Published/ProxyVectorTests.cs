using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests;

public sealed class ProxyVectorTests
{
    private const double Tolerance = 1e-10;

    [Theory]
    [InlineData("math", 17)]
    [InlineData("hotpotqa", 6)]
    [InlineData("livecodebench", 12)]
    public void Every_structure_of_the_published_workflows_gets_the_published_estimate(string workflow, int structures)
    {
        var vectors = PublishedCases.Vectors(workflow).ToList();
        Assert.Equal(structures, vectors.Count);
        foreach (var vector in vectors)
        {
            var (structure, unread) = Resolve(vector);
            if (structure is null)
            {
                // A program that nobody reads, and nothing else: there is no such workflow, and the published accuracy is 0.
                Assert.Equal(0, vector.Accuracy);
                continue;
            }

            var estimate = Estimate(vector.Profile, structure);
            Assert.Equal(vector.Accuracy, estimate.Accuracy, Tolerance);
            Assert.Equal(vector.Latency, estimate.LatencySeconds + unread, Tolerance);
        }
    }

    [Fact]
    public void All_structures_but_those_with_a_call_that_nobody_reads_are_structures_here()
    {
        var known = PublishedCases.Vectors("math").Select(vector => PublishedCases.StructureOf(MathWorkflow.Graph, vector.Counts)).ToList();
        Assert.Equal(11, known.Count(structure => structure is not null));
        Assert.Equal(11, new StructureSpace(MathWorkflow.Graph).Enumerate().Count());
    }

    // A program without a refiner is a call whose output nobody reads: the estimate is that of the structure without it, plus its latency.
    private static (WorkflowStructure? Structure, double Unread) Resolve(PublishedCases.Vector vector)
    {
        var graph = vector.Profile.Graph;
        if (vector.Counts.GetValueOrDefault("Programmer") == 0 || vector.Counts.GetValueOrDefault("RefineSolver") > 0)
        {
            var structure = PublishedCases.StructureOf(graph, vector.Counts);
            Assert.NotNull(structure);
            return (structure, 0);
        }

        Assert.Null(PublishedCases.StructureOf(graph, vector.Counts));
        var without = new Dictionary<string, int>(vector.Counts) { ["Programmer"] = 0 };
        return (PublishedCases.StructureOf(graph, without), vector.Profile.Of(graph.IndexOf("Programmer"))[0].LatencySeconds);
    }

    private static Estimate Estimate(ProfileTable profile, WorkflowStructure structure) =>
        new IndependentProxy(profile, Schedule.Sequential).Estimate(Configurations.Uniform(profile, structure));
}
