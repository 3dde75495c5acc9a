namespace FlowCompile.Profiling;

/// <summary>
/// The reference runs of a profile: all of them before anything else, or those of a few cases before their cells, where a race may never come to the
/// others.
/// </summary>
internal sealed class ReferencePhase(
    ProfileContext context, NodeJson json, Scorer scorer, BatchModels batches, IReadOnlyList<WorkflowCase> cases, ProfileManifest manifest)
{
    private readonly ILookup<WorkflowCase, ReferenceRequest> _requests = new ReferencePlanner(context).Plan(cases).ToLookup(request => request.Case);
    private int _asked;

    /// <summary>How many runs failed.</summary>
    public int Failures { get; private set; }

    /// <summary>The runs of cases.</summary>
    /// <param name="some">The cases.</param>
    public IReadOnlyList<ReferenceRequest> Of(IEnumerable<WorkflowCase> some) => [.. some.SelectMany(one => _requests[one])];

    /// <summary>Makes sure that the runs of cases are in the store.</summary>
    /// <param name="some">The cases.</param>
    /// <param name="meter">Told of every run.</param>
    /// <param name="isCounted">Whether the runs are what it counts.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    /// <exception cref="ProfileException">Every run so far failed.</exception>
    public async Task RunAsync(IEnumerable<WorkflowCase> some, ProgressMeter meter, bool isCounted, CancellationToken cancellationToken)
    {
        var requests = Of(some);
        var failures = await new ReferenceRunner(context, json, scorer, batches, manifest).RunAsync(requests, meter, isCounted, cancellationToken).ConfigureAwait(false);
        _asked += requests.Count;
        Failures += failures.Count;
        if (Failures > 0 && Failures == _asked)
        {
            throw new ProfileException($"Every reference run failed, so nothing is known of what the sub-agents receive. The first one: {failures.First().Value}");
        }
    }
}
