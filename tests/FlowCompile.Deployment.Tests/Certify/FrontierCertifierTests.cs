using FlowCompile.Compilation;
using FlowCompile.Plans;

namespace FlowCompile.Deployment.Tests;

/// <summary>The exact solver certified by CP-SAT over settings, which enumerates and decomposes nothing.</summary>
public sealed class FrontierCertifierTests
{
    private static readonly FrontierCertifier s_certifier = new();

    [Fact]
    public async Task The_exact_solver_misses_nothing_that_CpSat_finds_over_settings()
    {
        for (var seed = 200; seed < 212; seed++)
        {
            var (profile, options, frontier) = Compile(seed);
            var missing = await s_certifier.FindMissingAsync(profile, frontier, options);
            Assert.True(missing.Count == 0, $"Workflow {seed}: {string.Join("; ", missing.Select(one => one.ToText(profile.Graph) + " " + one.Estimate))}");
        }
    }

    [Fact]
    public async Task A_frontier_with_a_point_taken_out_is_found_out()
    {
        var found = 0;
        for (var seed = 300; found < 5; seed++)
        {
            var (profile, options, frontier) = Compile(seed);
            var taken = frontier.Count / 2;
            if (frontier.Count < 3 || frontier[taken].Accuracy < frontier[taken - 1].Accuracy + 0.01 || frontier[taken].LatencySeconds > frontier[taken + 1].LatencySeconds - 0.1)
            {
                continue;
            }

            var missing = await s_certifier.FindMissingAsync(profile, [.. frontier.Where((_, i) => i != taken)], options);
            Assert.Contains(missing, one => Math.Abs(one.Estimate!.LatencySeconds - frontier[taken].LatencySeconds) < 0.1);
            found++;
        }
    }

    [Fact]
    public async Task The_candidates_under_a_limit_on_models_miss_nothing_that_CpSat_finds_over_settings()
    {
        var limits = new DeploymentLimits
        {
            MaxModels = 2,
            Gpus = [new Gpu("gpu", 8)],
            Memory = [new ModelMemory("m0", 3, []), new ModelMemory("m1", 5, []), new ModelMemory("m2", 5, [])],
        };
        var certified = 0;
        for (var seed = 400; certified < 5; seed++)
        {
            var (profile, options, _) = Compile(seed);
            IReadOnlyList<DeploymentCandidate> candidates;
            try
            {
                candidates = DeploymentCandidates.Compile(profile, limits, options);
            }
            catch (CompileException e)
            {
                Assert.Contains("relax the limits", e.Message, StringComparison.Ordinal);
                Assert.Empty(await s_certifier.FindMissingAsync(profile, [], options, limits));
                continue;
            }

            var frontier = await new DeploymentSolver().FindFrontierAsync([new DeploymentWorkflow { Name = "w", Candidates = candidates }], limits);
            Assert.Empty(await s_certifier.FindMissingAsync(profile, [.. frontier.Select(one => one.Configurations[0].Estimate)], options, limits));
            certified++;
        }
    }

    private static (ProfileTable Profile, CompileOptions Options, IReadOnlyList<Estimate> Frontier) Compile(int seed)
    {
        var (profile, branches) = Workflows.Create(seed);
        var options = new CompileOptions { Schedule = seed % 2 == 0 ? Schedule.Sequential : Schedule.Parallel, Branches = branches, SettingPerCall = seed % 3 != 0 };
        return (profile, options, [.. FlowCompiler.Compile(profile, options).Plan.Configurations.Select(one => one.Estimate!)]);
    }
}
