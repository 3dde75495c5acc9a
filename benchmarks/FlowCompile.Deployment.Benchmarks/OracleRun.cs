using FlowCompile.Deployment.Tests;

namespace FlowCompile.Deployment.Benchmarks;

/// <summary>Compares the frontiers of random deployments with those that trying everything finds.</summary>
internal static class OracleRun
{
    private const double Tolerance = 1e-8;

    /// <summary>Compares, and writes each that differs.</summary>
    /// <returns>0 where none differs, else 1.</returns>
    public static async Task<int> WriteAsync(TextWriter output, int count, int from)
    {
        var (different, feasible, solver) = (0, 0, new DeploymentSolver());
        for (var seed = from; seed < from + count; seed++)
        {
            var instance = Instance.Random(seed);
            var expected = BruteForce.Frontier(instance);
            var found = await FrontierAsync(solver, instance);
            feasible += expected.Count > 0 ? 1 : 0;
            if (expected.Count != found.Count
                || expected.Zip(found).Any(pair => Math.Abs(pair.First.Accuracy - pair.Second.Accuracy) > Tolerance || Math.Abs(pair.First.Latency - pair.Second.LatencySeconds) > Tolerance * 40)
                || found.Any(one => !BruteForce.Keeps(one.Configurations, instance) || !BruteForce.Fits(one.Placement, instance.Limits)))
            {
                different++;
                await output.WriteLineAsync(FormattableString.Invariant($"seed {seed}: {expected.Count} points expected, {found.Count} found"));
            }
        }

        await output.WriteLineAsync(FormattableString.Invariant($"{count} random deployments, {feasible} of them possible, {solver.Solved} solves: {different} differ"));
        return different == 0 ? 0 : 1;
    }

    private static async Task<IReadOnlyList<DeploymentChoice>> FrontierAsync(DeploymentSolver solver, Instance instance)
    {
        try
        {
            return await solver.FindFrontierAsync(instance.Workflows, instance.Limits);
        }
        catch (DeploymentException error) when (error.Message.StartsWith("No ", StringComparison.Ordinal))
        {
            return [];
        }
    }
}
