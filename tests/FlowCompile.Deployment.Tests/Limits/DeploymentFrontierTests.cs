namespace FlowCompile.Deployment.Tests;

public sealed class DeploymentFrontierTests
{
    private const double Tolerance = 1e-8;

    [Fact]
    public async Task Random_limited_deployments_have_the_frontier_that_trying_everything_finds()
    {
        var feasible = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            feasible += await Check(seed, Instance.Random(seed)) ? 1 : 0;
        }

        // The instances are worth nothing if most of them have no answer, or all of them have one.
        Assert.InRange(feasible, 30, 59);
    }

    [Fact]
    public async Task Without_limits_the_frontier_is_the_one_that_trying_everything_finds()
    {
        for (var seed = 1000; seed < 1015; seed++)
        {
            await Check(seed, Instance.Random(seed, limited: false));
        }
    }

    [Fact]
    public async Task A_step_leaves_points_out_and_loses_no_more_than_the_step()
    {
        const double Step = 0.05;
        for (var seed = 2000; seed < 2006; seed++)
        {
            var instance = Instance.Random(seed, limited: false);
            var whole = BruteForce.Frontier(instance);
            var part = await new DeploymentSolver().FindFrontierAsync(instance.Workflows, instance.Limits, Step);
            Assert.True(part.Count <= whole.Count);
            Assert.All(whole, point => Assert.Contains(part, kept =>
                kept.LatencySeconds <= point.Latency + Tolerance && kept.Accuracy >= point.Accuracy - Step - Tolerance));
        }
    }

    private static async Task<bool> Check(int seed, Instance instance)
    {
        var expected = BruteForce.Frontier(instance);
        IReadOnlyList<DeploymentChoice> found;
        try
        {
            found = await new DeploymentSolver().FindFrontierAsync(instance.Workflows, instance.Limits);
        }
        catch (DeploymentException e) when (expected.Count == 0)
        {
            Assert.StartsWith("No ", e.Message, StringComparison.Ordinal);
            return false;
        }

        Assert.True(expected.Count == found.Count, $"Instance {seed}: {expected.Count} points expected, {found.Count} found.");
        foreach (var (point, deployment) in expected.Zip(found))
        {
            Assert.True(Math.Abs(point.Accuracy - deployment.Accuracy) < Tolerance && Math.Abs(point.Latency - deployment.LatencySeconds) < Tolerance * 40, $"Instance {seed}: {point} expected, {deployment} found.");
            Assert.True(BruteForce.Keeps(deployment.Configurations, instance), $"Instance {seed}: {deployment} keeps not to the limits.");
            Assert.Equal(deployment.Configurations.SelectMany(c => c.Models).Distinct().Order(), deployment.Models);
            if (instance.Limits.Gpus.Count > 0)
            {
                Assert.Equal(deployment.Models.Where(model => instance.Limits.Memory.Any(memory => memory.Model == model)), deployment.Placement.Keys.Order());
                Assert.True(BruteForce.Fits(deployment.Placement, instance.Limits), $"Instance {seed}: the placement does not fit.");
            }
        }

        return true;
    }
}
