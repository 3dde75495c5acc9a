using FlowCompile.Plans;

namespace FlowCompile.Deployment.Tests;

public sealed class LimitTests
{
    [Fact]
    public void The_largest_sets_hold_every_set_that_is_allowed_and_no_other()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (_, limits) = Instance.Random(seed);
            string[] models = ["m0", "m1", "m2", "m3", "m4"];
            var largest = FeasibleModelSets.Largest(models, limits);
            for (var mask = 0; mask < 1 << models.Length; mask++)
            {
                List<string> set = [.. models.Where((_, i) => (mask >> i & 1) == 1)];
                var instance = new Instance([new DeploymentWorkflow { Name = "w", Candidates = [] }], limits with { MaxSpending = null });
                var allowed = BruteForce.Keeps([Candidate("c", set, 1, 1, 0)], instance);
                Assert.Equal(allowed, largest.Any(one => !set.Except(one).Any()));
            }

            Assert.All(largest, one => Assert.DoesNotContain(largest, other => other != one && !one.Except(other).Any()));
        }
    }

    [Fact]
    public async Task What_cannot_be_kept_is_named()
    {
        DeploymentWorkflow[] workflows = [new() { Name = "w", Runs = 10, Candidates = [Candidate("c", ["a", "b"], 0.5, 1, 2)] }];
        Assert.Equal("No deployment keeps all limits; relax the limit of 1 model.", await FailureOf(workflows, new() { MaxModels = 1 }));
        Assert.Equal("No deployment keeps all limits; relax the spending limit of 19.", await FailureOf(workflows, new() { MaxModels = 2, MaxSpending = 19 }));
        Assert.Equal("No deployment keeps all limits; relax the memory of the GPUs.", await FailureOf(
            workflows, new() { MaxSpending = 20, Gpus = [new("g", 8)], Memory = [new("a", 4.5m, []), new("b", 3.501m, [])] }));
        Assert.Equal("No deployment keeps the limits, nor would one if a single limit were dropped; relax several.", await FailureOf(
            workflows, new() { MaxModels = 1, MaxSpending = 19 }));
    }

    [Fact]
    public async Task Limits_that_are_just_met_are_met()
    {
        // 0.1 + 0.2 is more than 0.3 in binary.
        DeploymentWorkflow[] workflows =
        [
            new() { Name = "one", Candidates = [Candidate("c", ["a"], 0.5, 1, 0.1)] },
            new() { Name = "two", Candidates = [Candidate("c", ["b"], 0.5, 1, 0.2)] },
        ];
        var limits = new DeploymentLimits { MaxModels = 2, MaxSpending = 0.3, Gpus = [new("g", 0.3m)], Memory = [new("a", 0.1m, []), new("b", 0.2m, [])] };
        var deployment = Assert.Single(await new DeploymentSolver().FindFrontierAsync(workflows, limits));
        Assert.Equal(["a", "b"], deployment.Models);
        Assert.Equal("g", deployment.Placement["b"]);
        Assert.Equal(0.3, deployment.Spending, 1e-12);
    }

    [Fact]
    public async Task A_dominated_configuration_is_deployed_where_the_better_one_needs_a_model_too_many()
    {
        DeploymentWorkflow[] workflows = [new() { Name = "w", Candidates = [Candidate("best", ["a", "b"], 0.9, 1, 0), Candidate("other", ["a"], 0.8, 2, 0)] }];
        var free = Assert.Single(await new DeploymentSolver().FindFrontierAsync(workflows, DeploymentLimits.None));
        var limited = Assert.Single(await new DeploymentSolver().FindFrontierAsync(workflows, new DeploymentLimits { MaxModels = 1 }));
        Assert.Equal("best", free.Configurations[0].Id);
        Assert.Equal("other", limited.Configurations[0].Id);
    }

    [Fact]
    public async Task Limits_and_workflows_that_cannot_be_meant_are_refused()
    {
        DeploymentWorkflow[] workflows = [new() { Name = "w", Candidates = [Candidate("c", ["a"], 0.5, 1, 0)] }];
        foreach (var limits in new DeploymentLimits[]
        {
            new() { MaxModels = 0 },
            new() { MaxSpending = double.NaN },
            new() { Gpus = [new("g", -1)] },
            new() { Gpus = [new("g", 1), new("g", 2)] },
            new() { Memory = [new("a", 1, ["h"])] },
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => new DeploymentSolver().FindFrontierAsync(workflows, limits));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => new DeploymentSolver().FindFrontierAsync([], DeploymentLimits.None));
        await Assert.ThrowsAsync<ArgumentException>(() => new DeploymentSolver().FindFrontierAsync([workflows[0] with { Runs = 0 }], DeploymentLimits.None));
        await Assert.ThrowsAsync<ArgumentException>(() => new DeploymentSolver().FindFrontierAsync(
            [workflows[0] with { Candidates = [Candidate("c", [], 2, 1, 0)] }], DeploymentLimits.None));
        var error = await Assert.ThrowsAsync<DeploymentException>(() => new DeploymentSolver().FindFrontierAsync([workflows[0] with { MinAccuracy = 0.6 }], DeploymentLimits.None));
        Assert.Contains("'w' has an accuracy of at least 0.6", error.Message, StringComparison.Ordinal);
    }

    private static DeploymentCandidate Candidate(string id, IReadOnlyList<string> models, double accuracy, double latency, double cost) =>
        new(id, models, new Estimate { Accuracy = accuracy, LatencySeconds = latency, Cost = cost });

    private static async Task<string> FailureOf(DeploymentWorkflow[] workflows, DeploymentLimits limits) =>
        (await Assert.ThrowsAsync<DeploymentException>(() => new DeploymentSolver().FindFrontierAsync(workflows, limits))).Message;
}
