using FlowCompile.Compilation;

namespace FlowCompile.Deployment.Tests;

/// <summary>CP-SAT and the exact solver against each other, on workflows of every node kind.</summary>
public sealed class WorkflowDeploymentTests
{
    private const double Tolerance = 1e-8;

    [Fact]
    public async Task Without_limits_CpSat_over_all_configurations_and_the_exact_solver_give_the_same_frontier()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var (profile, branches) = Workflows.Create(seed);
            var schedule = seed % 2 == 0 ? Schedule.Sequential : Schedule.Parallel;
            var all = Workflows.All(profile, new IndependentProxy(profile, schedule, branches));
            var exact = FlowCompiler.Compile(profile, new CompileOptions { Schedule = schedule, Branches = branches }).Plan.Configurations;
            var found = await new DeploymentSolver().FindFrontierAsync([new DeploymentWorkflow { Name = "w", Candidates = all }], DeploymentLimits.None);
            Assert.True(exact.Count == found.Count, $"Workflow {seed}: {exact.Count} points by the exact solver, {found.Count} by CP-SAT.");
            foreach (var (configuration, deployment) in exact.Zip(found))
            {
                Assert.Equal(configuration.Estimate!.Accuracy, deployment.Accuracy, Tolerance);
                Assert.Equal(configuration.Estimate.LatencySeconds, deployment.LatencySeconds, Tolerance * 40);
            }
        }
    }

    [Fact]
    public async Task Two_workflows_under_limits_have_the_frontier_that_trying_all_configurations_finds()
    {
        var compared = 0;
        for (var seed = 100; seed < 112; seed++)
        {
            var limits = new DeploymentLimits
            {
                MaxModels = seed % 3 == 0 ? null : 2,
                Gpus = [new Gpu("gpu", 8)],
                Memory = [new ModelMemory("m0", 3, []), new ModelMemory("m1", 4, []), new ModelMemory("m2", 6, [])],
                MaxSpending = seed % 2 == 0 ? 12 : null,
            };
            var (one, oneBranches) = Workflows.Create(seed);
            var (two, twoBranches) = Workflows.Create(seed + 1000);
            if (Compile(one, oneBranches, limits) is not { } first || Compile(two, twoBranches, limits) is not { } second)
            {
                continue;
            }

            DeploymentWorkflow[] candidates = [new() { Name = "one", Runs = 2, Candidates = first }, new() { Name = "two", Candidates = second }];
            DeploymentWorkflow[] all =
            [
                candidates[0] with { Candidates = Workflows.All(one, new IndependentProxy(one, Schedule.Parallel, oneBranches)) },
                candidates[1] with { Candidates = Workflows.All(two, new IndependentProxy(two, Schedule.Parallel, twoBranches)) },
            ];
            var expected = BruteForce.Frontier(new Instance(all, limits));
            if (expected.Count == 0)
            {
                await Assert.ThrowsAsync<DeploymentException>(() => new DeploymentSolver().FindFrontierAsync(candidates, limits));
                continue;
            }

            var found = await new DeploymentSolver().FindFrontierAsync(candidates, limits);
            Assert.True(expected.Count == found.Count, $"Workflows {seed}: {expected.Count} points expected, {found.Count} found.");
            Assert.All(expected.Zip(found), pair =>
            {
                Assert.Equal(pair.First.Accuracy, pair.Second.Accuracy, Tolerance);
                Assert.Equal(pair.First.Latency, pair.Second.LatencySeconds, Tolerance * 40);
            });
            compared++;
        }

        Assert.True(compared >= 6, $"Only {compared} instances had a deployment to compare.");
    }

    [Fact]
    public void A_frontier_before_limits_does_not_suffice_and_the_candidates_do()
    {
        // On the frontier every configuration uses the large model; with a limit of 8 GiB only others can be deployed.
        var limits = new DeploymentLimits { Gpus = [new Gpu("gpu", 8)], Memory = [new ModelMemory("m2", 10, [])] };
        var missing = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var (profile, branches) = Workflows.Create(seed);
            var plain = FlowCompiler.Compile(profile, new CompileOptions { Branches = branches }).Plan.Configurations.Select(DeploymentCandidate.From).ToList();
            var candidates = Compile(profile, branches, limits) ?? [];
            Assert.DoesNotContain(candidates, candidate => candidate.Models.Contains("m2"));
            missing += candidates.Any(candidate => !plain.Any(other => other.Models.SequenceEqual(candidate.Models) && other.Estimate == candidate.Estimate)) ? 1 : 0;
        }

        Assert.True(missing > 0);
    }

    private static IReadOnlyList<DeploymentCandidate>? Compile(ProfileTable profile, BranchProbabilities branches, DeploymentLimits limits)
    {
        try
        {
            return DeploymentCandidates.Compile(profile, limits, new CompileOptions { Branches = branches });
        }
        catch (CompileException)
        {
            return null; // it cannot run on what fits
        }
    }
}
