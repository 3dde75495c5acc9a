using FlowCompile.Plans;

namespace FlowCompile.Deployment.Benchmarks;

/// <summary>A random deployment under limits on models and memory.</summary>
internal static class RandomDeployment
{
    private const int Models = 8;

    /// <summary>Workflows of frontier-like configurations: what takes longer is more accurate, on one to three models.</summary>
    public static IReadOnlyList<DeploymentWorkflow> Workflows(int count, int configurations, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(w => new DeploymentWorkflow
            {
                Name = $"w{w}",
                Runs = random.Next(1, 1000),
                Candidates = [.. Enumerable.Range(0, configurations).Select(c => Candidate(c, (c + random.NextDouble()) / configurations))],
            }),
        ];

        DeploymentCandidate Candidate(int id, double effort) => new(
            $"c{id}",
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"m{random.Next(Models)}").Distinct()],
            new Estimate
            {
                Accuracy = (0.4 + (0.5 * Math.Sqrt(effort))) * (0.95 + (0.05 * random.NextDouble())),
                LatencySeconds = (0.1 + (5 * effort)) * (0.9 + (0.2 * random.NextDouble())),
                Cost = effort * (0.5 + random.NextDouble()),
            });
    }

    /// <summary>Half of the models, on two GPUs.</summary>
    public static DeploymentLimits Limits { get; } = new()
    {
        MaxModels = Models / 2,
        Gpus = [new Gpu("gpu0", 24), new Gpu("gpu1", 40)],
        Memory = [.. Enumerable.Range(0, Models).Select(m => new ModelMemory($"m{m}", 4 + (3 * m), []))],
    };
}
