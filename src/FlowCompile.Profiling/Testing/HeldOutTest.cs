using FlowCompile.Plans;

namespace FlowCompile.Profiling.Testing;

/// <summary>Runs configurations end to end on cases that the profile has not seen, and scores the workflow's output.</summary>
public sealed class HeldOutTest
{
    // How many cases a configuration runs on before the next one does.
    private const int Block = 10;

    private readonly WorkflowDescriptor _descriptor;
    private readonly object _workflow;
    private readonly HeldOutOptions _options;
    private readonly TimeProvider _time;
    private readonly Scorer _scorer;

    /// <summary>Prepares a test.</summary>
    /// <param name="descriptor">The workflow.</param>
    /// <param name="models">The models.</param>
    /// <param name="options">How to carry it out; <see langword="null"/> for the defaults.</param>
    /// <param name="time">The clock; <see langword="null"/> for the system's.</param>
    /// <exception cref="ProfileException">The workflow's output cannot be scored.</exception>
    public HeldOutTest(WorkflowDescriptor descriptor, ModelCatalog models, HeldOutOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(models);
        _options = options ?? new HeldOutOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Concurrency, 1, nameof(options));
        if (!descriptor.CanScore(descriptor.Graph.Output) || descriptor.CaseType is null)
        {
            throw new ProfileException(
                $"The output of the workflow '{descriptor.Graph.Name}' has no score, so nothing can be tested; add a static method with [Score].");
        }

        _descriptor = descriptor;
        _workflow = WorkflowInstance.Create(descriptor, models);
        _time = time ?? TimeProvider.System;
        _scorer = new Scorer(descriptor);
    }

    /// <summary>Runs every configuration on every case.</summary>
    /// <param name="configurations">The configurations.</param>
    /// <param name="cases">The held-out cases.</param>
    /// <param name="progress">Told of every run; on whatever thread it ends.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <returns>A result for each configuration, in order.</returns>
    /// <exception cref="ProfileException">A score method threw.</exception>
    /// <exception cref="OperationCanceledException">The test was stopped.</exception>
    public async Task<IReadOnlyList<HeldOutResult>> RunAsync(
        IReadOnlyList<WorkflowConfiguration> configurations,
        IReadOnlyList<WorkflowCase> cases,
        IProgress<HeldOutProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        ArgumentNullException.ThrowIfNull(cases);
        var runs = configurations.Select(_ => new HeldOutRun[cases.Count]).ToArray();
        var total = configurations.Count * cases.Count;
        var (done, failures) = (0, 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = cancellationToken };

        await WarmUpAsync(configurations, cases, cancellationToken).ConfigureAwait(false);
        var start = _time.GetTimestamp();

        // Block by block of cases through all configurations: a machine that grows slower meanwhile does so for all of them, and yet nearly every
        // run comes after one of its own configuration, as where that is deployed. Models that take turns find the processor's caches cold.
        await Parallel.ForEachAsync(Enumerable.Range(0, total), options, async (index, token) =>
        {
            var (which, at) = Place(index, configurations.Count, cases.Count);
            var run = await RunOneAsync(configurations[which], cases[at], token).ConfigureAwait(false);
            runs[which][at] = run;
            var failed = run.Score is null ? Interlocked.Increment(ref failures) : Volatile.Read(ref failures);
            var count = Interlocked.Increment(ref done);
            progress?.Report(new HeldOutProgress(
                configurations[which].Id, count, total, failed, _time.GetElapsedTime(start) / count * (total - count)));
        }).ConfigureAwait(false);
        return [.. configurations.Select((configuration, i) => new HeldOutResult(configuration, runs[i]))];
    }

    // The first call of a model compiles and loads what later ones find ready: a run for each is made that does not count.
    private async Task WarmUpAsync(IReadOnlyList<WorkflowConfiguration> configurations, IReadOnlyList<WorkflowCase> cases, CancellationToken cancellationToken)
    {
        var warm = new HashSet<string>(StringComparer.Ordinal);
        foreach (var configuration in configurations)
        {
            var models = configuration.Settings.OfType<CallSettings>().SelectMany(settings => settings.Models).ToList();
            if (cases.Count > 0 && !models.TrueForAll(warm.Contains))
            {
                await RunOneAsync(configuration, cases[0], cancellationToken).ConfigureAwait(false);
                warm.UnionWith(models);
            }
        }
    }

    private static (int Configuration, int Case) Place(int index, int configurations, int cases)
    {
        var (block, within) = Math.DivRem(index, configurations * Block);
        var size = Math.Min(Block, cases - (block * Block));
        return (within / size, (block * Block) + (within % size));
    }

    private async Task<HeldOutRun> RunOneAsync(WorkflowConfiguration configuration, WorkflowCase one, CancellationToken cancellationToken)
    {
        // The seed is the case's: configurations are compared on the same draws.
        var options = new RunOptions
        {
            Seed = ContentHash.Seed("held-out", FormattableString.Invariant($"{_options.Seed}"), one.Hash),
            Sequential = _options.Sequential,
        };
        var start = _time.GetTimestamp();
        WorkflowResult<object?> result;
        try
        {
            result = await _descriptor.RunAsync(_workflow, one.Inputs, configuration, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new HeldOutRun(one.Id, null, _time.GetElapsedTime(start), [], FailureText.Of(e));
        }

        var latency = _time.GetElapsedTime(start);
        return new HeldOutRun(one.Id, _scorer.Score(_descriptor.Graph.Output, one, result.Output), latency, result.Calls, null);
    }
}
