using System.Collections.Concurrent;
using FlowCompile.Plans;

namespace FlowCompile.Profiling;

/// <summary>
/// Runs the largest structure on every case under the reference settings, once for each, and keeps what each node received. What is in
/// the store already is not run again.
/// </summary>
internal sealed class ReferenceRunner(ProfileContext context, NodeJson json, Scorer scorer, BatchModels batches, ProfileManifest manifest)
{
    /// <summary>Makes sure that every run is in the store.</summary>
    /// <param name="requests">The runs wanted.</param>
    /// <param name="progress">Told of every run.</param>
    /// <param name="isCounted">Whether the runs are what it counts; otherwise it counts something else, and only says that they are under way.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    /// <returns>The runs that failed, with the reason. They are not kept, and are tried again next time.</returns>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(
        IReadOnlyList<ReferenceRequest> requests, ProgressMeter progress, bool isCounted, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var queue = new SharedWork(context);
        var missing = requests.Where(request => !context.Store.References.Contains(request.Key)).ToList();
        if (isCounted)
        {
            progress.Start(ProfilePhase.Reference, requests.Count, requests.Count - missing.Count);
        }

        await queue.DrainAsync(
            missing,
            batches.Workflow is null ? context.Options.Concurrency : batches.CallsAtOnce,
            request => request.Key,
            request => context.Store.References.Contains(request.Key),
            async (request, token) =>
            {
                progress.Begin(request.Variant == InputVariant.Strong ? "reference" : "weak reference", request.Setting);
                var (failure, write) = await RunOneAsync(request, token).ConfigureAwait(false);
                if (failure is not null)
                {
                    failures[request.Key] = failure;
                    progress.Fail();
                }

                return new WorkResult(write ?? (() => { }), () =>
                {
                    if (isCounted)
                    {
                        progress.Advance();
                    }
                });
            },
            _ =>
            {
                if (isCounted)
                {
                    progress.AdvanceByOther();
                }
            },
            cancellationToken).ConfigureAwait(false);
        return failures;
    }

    private async Task<(string? Failure, Action? Write)> RunOneAsync(ReferenceRequest request, CancellationToken cancellationToken)
    {
        var recorder = new NodeRecorder();
        var graph = context.Descriptor.Graph;
        var configuration = new WorkflowConfiguration("reference", context.Largest, context.Space.SettingsUnder(request.Setting, context.Largest));
        using var scope = SpendingScope.OfRun(context.Spending);
        scope.Enter();
        var options = new RunOptions { Seed = ContentHash.Seed("reference", context.SeedText, request.Case.Hash), Observer = recorder };
        var start = context.Time.GetTimestamp();
        try
        {
            await context.Descriptor
                .RunAsync(batches.Workflow ?? context.Workflow, request.Case.Inputs, configuration, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not ProfileException && !scope.WasRefused)
        {
            return (FailureText.Of(e), null);
        }
        catch (Exception) when (scope.WasRefused && !cancellationToken.IsCancellationRequested)
        {
            throw new LimitReachedException();
        }

        if (scope.WasRefused)
        {
            throw new LimitReachedException(); // The user's code went on without an answer.
        }

        var latency = context.Time.GetElapsedTime(start) - scope.Waited;
        var outputs = new List<ReferenceOutput>();
        try
        {
            foreach (var seen in recorder.Observations)
            {
                var (inputs, output) = (json.WriteInputs(seen.Node, seen.Inputs), json.WriteOutput(seen.Node, seen.Output));
                var score = await scorer.ScoreAsync(seen.Node, request.Case, inputs, seen.Output, output, cancellationToken).ConfigureAwait(false);
                outputs.Add(new ReferenceOutput(graph.Nodes[seen.Node].Name, seen.Replica, seen.Attempt, inputs, output, score));
            }
        }
        catch (JudgeException e)
        {
            return (e.Message, null);
        }

        var now = context.Time.GetUtcNow();
        return (null, Write);

        void Write()
        {
            context.Store.References.Add(request, outputs, now);
            Keep(request, configuration, latency, now);
        }
    }

    // What calls were decoded together with others took says nothing of runs. Of its score nothing is said: what is composed comes from this very run.
    private void Keep(ReferenceRequest request, WorkflowConfiguration configuration, TimeSpan latency, DateTimeOffset measuredAt)
    {
        var (text, models) = (configuration.ToText(context.Descriptor.Graph), RunRequest.ModelsOf(configuration));
        if (batches.Workflow is null && RunKey.Of(manifest, RunPurpose.Reference, text, models, request.Case.Hash) is { } key)
        {
            var run = new EndToEndRun
            {
                Purpose = RunPurpose.Reference,
                Configuration = text,
                CaseId = request.Case.Id,
                Latency = latency,
                Concurrency = context.Options.Concurrency,
                Machine = MachineDescription.Current,
            };
            context.Store.Runs.Add(key, run, models, request.Case.Hash, measuredAt);
        }
    }
}
