using FlowCompile.Plans;

namespace FlowCompile.Deployment.Tests;

/// <summary>A random small deployment problem.</summary>
internal sealed record Instance(IReadOnlyList<DeploymentWorkflow> Workflows, DeploymentLimits Limits)
{
    public static Instance Random(int seed, bool limited = true)
    {
        var random = new Random(seed);
        var models = Enumerable.Range(0, random.Next(1, 6)).Select(i => $"m{i}").ToList();

        // On a coarse grid points tie often; off it they never do.
        var grid = random.Next(2) == 0 ? 8 : 1 << 30;
        var workflows = Enumerable.Range(0, random.Next(1, 4)).Select(w => new DeploymentWorkflow
        {
            Name = $"w{w}",
            Runs = random.Next(1, 4),
            MinAccuracy = random.Next(4) == 0 ? Draw(0.3) : 0,
            Candidates = [.. Enumerable.Range(0, random.Next(1, 13)).Select(c => new DeploymentCandidate(
                $"c{c}", [.. models.Where(_ => random.Next(3) == 0)], new Estimate { Accuracy = Draw(1), LatencySeconds = Draw(20), Cost = Draw(5) }))],
        }).ToList();
        return new Instance(workflows, limited ? RandomLimits(random, models) : DeploymentLimits.None);

        double Draw(double max) => random.Next(grid + 1) / (double)grid * max;
    }

    private static DeploymentLimits RandomLimits(Random random, List<string> models)
    {
        var gpus = Enumerable.Range(0, random.Next(0, 3)).Select(g => new Gpu($"gpu{g}", random.Next(2, 9))).ToList();
        return new DeploymentLimits
        {
            MaxModels = random.Next(2) == 0 ? random.Next(1, 4) : null,
            Gpus = gpus,
            Memory = [.. models.Where(_ => random.Next(4) > 0).Select(model => new ModelMemory(
                model, random.Next(1, 6), [.. gpus.Where(_ => random.Next(3) == 0).Select(gpu => gpu.Name)]))],
            MaxSpending = random.Next(2) == 0 ? random.Next(1, 30) : null,
        };
    }
}
