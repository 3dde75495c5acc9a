using FlowCompile.Plans;

namespace FlowCompile.Profiling;

/// <summary>
/// Runs the configurations of a plan end to end on some cases, until there are no more or the estimates are confirmed (<see cref="ProxyCheck"/>). Each run
/// is kept the moment it ends, and is not made again.
/// </summary>
internal sealed class VerificationRunner(ProfileContext context, NodeJson json, Scorer scorer)
{
    private readonly bool _withFailures = !context.Options.RetryFailures;
    private readonly string _machine = MachineDescription.Current;

    /// <summary>Makes the runs that are not there.</summary>
    /// <param name="points">The configurations.</param>
    /// <param name="cases">The cases, in order.</param>
    /// <param name="predicted">The score of a configuration on a case of an id as it was composed; <see langword="null"/> where it was not.</param>
    /// <param name="meter">Told of every run.</param>
    /// <param name="cancellationToken">Stops the runs; those that have ended stay.</param>
    /// <returns>The limit that was reached, if one was.</returns>
    public async Task<ProfileLimit?> RunAsync(
        IReadOnlyList<WorkflowConfiguration> points,
        IReadOnlyList<WorkflowCase> cases,
        Func<WorkflowConfiguration, string, double?> predicted,
        ProgressMeter meter,
        CancellationToken cancellationToken)
    {
        var manifest = context.Store.Cells.ReadManifest()!;
        var planner = new VerificationPlanner(context);
        var requests = cases.Select(one => planner.Plan(points, one, manifest)).ToList();
        var there = requests.Sum(own => own.Count(IsThere));
        var check = new ProxyCheck();
        var hasBegun = false;
        foreach (var own in requests)
        {
            var missing = own.Where(request => !IsThere(request)).ToList();
            if (missing.Count > 0)
            {
                if (!hasBegun)
                {
                    hasBegun = true;
                    meter.Start(ProfilePhase.Verification, requests.Sum(all => all.Count), there);
                }

                await MakeAsync(missing, meter, cancellationToken).ConfigureAwait(false);
                if (context.Spending.Reached is { } limit)
                {
                    return limit;
                }
            }

            double[] differences = [.. own.Select(request => context.Store.Runs.FindScore(request.Key) - predicted(request.Configuration, request.Case.Id)).OfType<double>()];
            if (differences.Length > 0)
            {
                check.Add(differences.Average());
            }

            if (check.IsConfirmed)
            {
                break;
            }
        }

        return null;
    }

    // Where models compute on this machine, a run that is timed has it for itself, as a deployed one has.
    private int AtOnce(IEnumerable<RunRequest> requests) => requests
        .SelectMany(request => RunRequest.ModelsOf(request.Configuration)).Distinct()
        .Any(model => context.Models[model].GetService(typeof(ModelDescription)) is ModelDescription { RunsHere: true }) ? 1 : context.Options.Concurrency;

    private Task MakeAsync(List<RunRequest> missing, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var atOnce = AtOnce(missing);
        return new SharedWork(context).DrainAsync(
            missing,
            atOnce,
            request => request.Key,
            IsThere,
            async (request, token) =>
            {
                meter.Begin(request.Configuration.Id, request.Configuration.Settings.OfType<CallSettings>().FirstOrDefault().First);
                var run = await RunOneAsync(request, atOnce, token).ConfigureAwait(false);
                var now = context.Time.GetUtcNow();
                return new WorkResult(
                    () => context.Store.Runs.Add(request.Key, run, RunRequest.ModelsOf(request.Configuration), request.Case.Hash, now),
                    () =>
                    {
                        if (run.Error is not null)
                        {
                            meter.Fail();
                        }

                        meter.Advance();
                    });
            },
            _ => meter.AdvanceByOther(),
            cancellationToken);
    }

    private async Task<EndToEndRun> RunOneAsync(RunRequest request, int atOnce, CancellationToken cancellationToken)
    {
        var recorder = new NodeRecorder();
        using var scope = SpendingScope.OfRun(context.Spending);
        scope.Enter();

        // The seed is the case's: configurations are compared on the same draws, which are others than those of the cells.
        var options = new RunOptions
        {
            Seed = ContentHash.Seed("verification", context.SeedText, request.Case.Hash),
            Sequential = context.Section.Schedule == "sequential",
            Observer = scorer.HasMethod(context.Descriptor.Graph.Output) ? null : recorder,
        };
        object? output = null;
        Exception? failure = null;
        var start = context.Time.GetTimestamp();
        try
        {
            output = (await context.Descriptor
                .RunAsync(context.Workflow, request.Case.Inputs, request.Configuration, options, cancellationToken).ConfigureAwait(false)).Output;
        }
        catch (Exception e)
        {
            // A client may answer a cancellation with an error of its own kind; that is no failure of the run.
            cancellationToken.ThrowIfCancellationRequested();
            failure = e;
        }

        if (scope.WasRefused)
        {
            throw new LimitReachedException();
        }

        var latency = context.Time.GetElapsedTime(start) - scope.Waited;
        var (score, error) = failure is not null
            ? (null, FailureText.Of(failure))
            : await ScoreAsync(request.Case, recorder, output, cancellationToken).ConfigureAwait(false);
        return new EndToEndRun
        {
            Purpose = RunPurpose.Verification,
            Configuration = request.Text,
            CaseId = request.Case.Id,
            Score = score,
            Error = error,
            Latency = latency,
            Concurrency = atOnce,
            Machine = _machine,
        };
    }

    private async Task<(double? Score, string? Error)> ScoreAsync(WorkflowCase one, NodeRecorder recorder, object? output, CancellationToken cancellationToken)
    {
        var node = context.Descriptor.Graph.Output;
        if (scorer.HasMethod(node))
        {
            return (scorer.Score(node, one, output), null);
        }

        // A judge sees what the node received. Where the output came from elsewhere, a candidate passed through, nobody judges it.
        if (recorder.Observations.LastOrDefault(seen => seen.Node == node) is not { } last)
        {
            return (null, null);
        }

        try
        {
            return (await scorer.ScoreAsync(node, one, json.WriteInputs(node, last.Inputs), last.Output, json.WriteOutput(node, last.Output), cancellationToken).ConfigureAwait(false), null);
        }
        catch (JudgeException e)
        {
            return (null, e.Message);
        }
    }

    private bool IsThere(RunRequest request) => context.Store.Runs.Contains(request.Key, _withFailures);
}
