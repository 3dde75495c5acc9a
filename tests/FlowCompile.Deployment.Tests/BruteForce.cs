namespace FlowCompile.Deployment.Tests;

/// <summary>Deployment problems by trying everything, with no code of the solver's.</summary>
internal static class BruteForce
{
    public static List<(double Accuracy, double Latency)> Frontier(Instance instance)
    {
        var runs = instance.Workflows.Sum(workflow => workflow.Runs);
        var points = Choices(instance).Where(choice => Keeps(choice, instance)).Select(choice => (
            Accuracy: choice.Zip(instance.Workflows, (c, w) => c.Estimate.Accuracy * w.Runs / runs).Sum(),
            Latency: choice.Zip(instance.Workflows, (c, w) => c.Estimate.LatencySeconds * w.Runs / runs).Sum())).ToList();
        var frontier = new List<(double Accuracy, double Latency)>();
        foreach (var point in points.OrderBy(point => point.Latency).ThenByDescending(point => point.Accuracy))
        {
            if (frontier.Count == 0 || point.Accuracy > frontier[^1].Accuracy + 1e-11)
            {
                // Sums of the same numbers in another order may differ in the last digit.
                if (frontier.Count > 0 && point.Latency < frontier[^1].Latency + 1e-11)
                {
                    frontier.RemoveAt(frontier.Count - 1);
                }

                frontier.Add(point);
            }
        }

        return frontier;
    }

    public static bool Keeps(IReadOnlyList<DeploymentCandidate> choice, Instance instance)
    {
        var (workflows, limits) = instance;
        var models = choice.SelectMany(candidate => candidate.Models).Distinct().ToList();
        return choice.Zip(workflows).All(pair => pair.First.Estimate.Accuracy >= pair.Second.MinAccuracy && pair.First.Estimate.LatencySeconds <= pair.Second.MaxLatencySeconds)
            && (limits.MaxModels is null || models.Count <= limits.MaxModels)
            && (limits.MaxSpending is null || choice.Zip(workflows, (c, w) => c.Estimate.Cost * w.Runs).Sum() <= limits.MaxSpending + 1e-9)
            && (limits.Gpus.Count == 0 || Places(models, limits).Any(place => Fits(place, limits)));
    }

    public static bool Fits(IReadOnlyDictionary<string, string> placement, DeploymentLimits limits) => limits.Gpus.All(gpu =>
        limits.Memory.Where(memory => placement.GetValueOrDefault(memory.Model) == gpu.Name).Sum(memory => memory.MemoryGiB) <= gpu.MemoryGiB);

    private static IEnumerable<IReadOnlyList<DeploymentCandidate>> Choices(Instance instance) => instance.Workflows.Aggregate(
        (IEnumerable<IReadOnlyList<DeploymentCandidate>>)[[]],
        (choices, workflow) => choices.SelectMany(choice => workflow.Candidates.Select(candidate => (IReadOnlyList<DeploymentCandidate>)[.. choice, candidate])));

    private static IEnumerable<Dictionary<string, string>> Places(List<string> models, DeploymentLimits limits) => limits.Memory
        .Where(memory => models.Contains(memory.Model))
        .Aggregate((IEnumerable<Dictionary<string, string>>)[[]], (places, memory) => places.SelectMany(place => limits.Gpus
            .Where(gpu => memory.Gpus.Count == 0 || memory.Gpus.Contains(gpu.Name))
            .Select(gpu => new Dictionary<string, string>(place) { [memory.Model] = gpu.Name })));
}
