namespace FlowCompile.Deployment;

/// <summary>The largest sets of models that deployment limits allow together.</summary>
/// <remarks>
/// Fewer models are never harder to deploy, so whatever a deployment uses lies within one of these sets; and within one set of models
/// nothing is lost by keeping the frontier only. So the frontiers under each of these sets (over accuracy and latency, and cost where
/// there is a spending limit) hold the best deployment. This does not depend on the proxy behind the estimates.
/// </remarks>
public static class FeasibleModelSets
{
    private const int MaxSets = 20_000;

    /// <summary>Finds the sets.</summary>
    /// <param name="models">The models that the workflows may use.</param>
    /// <param name="limits">The limits; spending has no part in it.</param>
    /// <returns>The sets, none within another, in the order of <paramref name="models"/>.</returns>
    /// <exception cref="DeploymentException">There are more than 20,000.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Largest(IReadOnlyList<string> models, DeploymentLimits limits)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(limits);
        limits.Check();
        var names = models.Distinct().ToList();
        var packing = new GpuPacking(limits);
        var sets = new List<IReadOnlyList<string>>();
        Extend(0, []);
        return sets;

        void Extend(int next, List<string> chosen)
        {
            if (next == names.Count)
            {
                if (names.Except(chosen).All(model => !IsFeasible([.. chosen, model])))
                {
                    sets.Add([.. chosen]);
                }

                return;
            }

            if (sets.Count > MaxSets)
            {
                throw new DeploymentException(FormattableString.Invariant(
                    $"{names.Count} models have more than {MaxSets} sets that the deployment limits allow; leave out models that are no candidates."));
            }

            List<string> extended = [.. chosen, names[next]];
            if (IsFeasible(extended))
            {
                Extend(next + 1, extended);
            }

            Extend(next + 1, chosen);
        }

        bool IsFeasible(List<string> chosen) => chosen.Count <= (limits.MaxModels ?? int.MaxValue) && packing.Fits(chosen);
    }
}
