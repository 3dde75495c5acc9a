using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FlowCompile;

/// <summary>The activities and instruments of runs. Nothing is computed where nobody listens.</summary>
internal static class RunTelemetry
{
    private static readonly ActivitySource s_source = new(WorkflowTelemetry.SourceName);
    private static readonly Meter s_meter = new(WorkflowTelemetry.MeterName);

    // The boundaries that the conventions advise.
    private static readonly InstrumentAdvice<double> s_seconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    };

    private static readonly InstrumentAdvice<long> s_tokens = new()
    {
        HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
    };

    private static readonly Histogram<double> s_workflowDuration = s_meter.CreateHistogram(
        "gen_ai.workflow.duration", "s", "Duration of a workflow's run.", tags: null, advice: s_seconds);

    private static readonly Histogram<double> s_callDuration = s_meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "Duration of a model call.", tags: null, advice: s_seconds);

    private static readonly Histogram<double> s_firstChunk = s_meter.CreateHistogram(
        "gen_ai.client.operation.time_to_first_chunk", "s", "Time to the first token of a model call.", tags: null, advice: s_seconds);

    private static readonly Histogram<long> s_tokenUsage = s_meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens that a model call used.", tags: null, advice: s_tokens);

    private static readonly Counter<long> s_hedges = s_meter.CreateCounter<long>(
        "flowcompile.hedges", "{call}", "Model calls that were made a second time because the first took long.");

    private static readonly Counter<long> s_drifts = s_meter.CreateCounter<long>(
        "flowcompile.drifts", "{cell}", "Cells of a plan found not to hold any more.");

    /// <summary>Whether anybody wants activities.</summary>
    public static bool HasListeners => s_source.HasListeners();

    /// <summary>Starts the activity of a run without making it the caller's current one: the run goes on after the caller's method returns.</summary>
    public static Activity? StartRun(string workflow, string configuration)
    {
        if (!s_source.HasListeners())
        {
            return null;
        }

        var caller = Activity.Current;
        var activity = s_source.StartActivity($"invoke_workflow {workflow}");
        Activity.Current = caller;
        return activity?
            .SetTag("gen_ai.operation.name", "invoke_workflow")
            .SetTag("gen_ai.workflow.name", workflow)
            .SetTag("flowcompile.configuration", configuration);
    }

    public static void EndRun(Activity? activity, string workflow, TimeSpan elapsed, Exception? error)
    {
        if (s_workflowDuration.Enabled)
        {
            s_workflowDuration.Record(elapsed.TotalSeconds, WithError(error, [new("gen_ai.workflow.name", workflow)]));
        }

        End(activity, error);
    }

    public static Activity? StartNode(Activity? run, RunBinding.Node node, int replica, int attempt)
    {
        if (run is null)
        {
            return null;
        }

        Activity.Current = run;
        return node.Setting is { } setting
            ? s_source.StartActivity($"invoke_agent {node.Name}")?
                .SetTag("gen_ai.operation.name", "invoke_agent")
                .SetTag("gen_ai.agent.name", node.Name)
                .SetTag("gen_ai.request.model", setting.Model)
                .SetTag("flowcompile.reasoning_budget", setting.Budget)
                .SetTag("flowcompile.replica", replica)
                .SetTag("flowcompile.attempt", attempt)
            : s_source.StartActivity($"execute_tool {node.Name}")?
                .SetTag("gen_ai.operation.name", "execute_tool")
                .SetTag("gen_ai.tool.name", node.Name)
                .SetTag("gen_ai.tool.type", "function");
    }

    // Asked first: the activity's name is text that nobody would read.
    public static Activity? StartCall(RunBinding.Node node, bool isHedge) => !s_source.HasListeners() ? null : s_source
        .StartActivity($"chat {node.Setting?.Model}", ActivityKind.Client)?
        .SetTag("gen_ai.operation.name", "chat")
        .SetTag("gen_ai.provider.name", node.Provider)
        .SetTag("gen_ai.request.model", node.Setting?.Model)
        .SetTag("flowcompile.hedge", isHedge ? true : null);

    public static void EndCall(Activity? activity, RunBinding.Node node, in CallUsage usage, string? responseModel)
    {
        activity?
            .SetTag("gen_ai.response.model", responseModel)
            .SetTag("gen_ai.usage.input_tokens", usage.InputTokens)
            .SetTag("gen_ai.usage.cache_read.input_tokens", usage.CachedInputTokens > 0 ? usage.CachedInputTokens : null)
            .SetTag("gen_ai.usage.output_tokens", usage.Generated)
            .SetTag("gen_ai.usage.reasoning.output_tokens", usage.ThinkingTokens);
        if (s_callDuration.Enabled)
        {
            s_callDuration.Record(usage.Latency.TotalSeconds, Tags(node));
        }

        if (usage.TimeToFirstToken is { } first && s_firstChunk.Enabled)
        {
            s_firstChunk.Record(first.TotalSeconds, Tags(node));
        }

        if (s_tokenUsage.Enabled)
        {
            s_tokenUsage.Record(usage.InputTokens, [.. Tags(node), new("gen_ai.token.type", "input")]);
            s_tokenUsage.Record(usage.Generated, [.. Tags(node), new("gen_ai.token.type", "output")]);
        }

        End(activity, error: null);
    }

    public static void FailCall(Activity? activity, RunBinding.Node node, TimeSpan elapsed, Exception error)
    {
        if (s_callDuration.Enabled)
        {
            s_callDuration.Record(elapsed.TotalSeconds, WithError(error, Tags(node)));
        }

        End(activity, error);
    }

    public static void Count(Hedge hedge)
    {
        if (s_hedges.Enabled)
        {
            s_hedges.Add(
                1,
                new("gen_ai.agent.name", hedge.Node),
                new("gen_ai.request.model", hedge.Setting.Model),
                new KeyValuePair<string, object?>("flowcompile.hedge.won", hedge.Won));
        }
    }

    public static void Count(CellDrift drift) => s_drifts.Add(
        1,
        new("gen_ai.workflow.name", drift.Workflow),
        new("gen_ai.agent.name", drift.Node),
        new("gen_ai.request.model", drift.Setting.Model),
        new("flowcompile.reasoning_budget", drift.Setting.Budget),
        new("flowcompile.drift.measure", drift.Measure.ToString()));

    public static void End(Activity? activity, Exception? error)
    {
        if (activity is null)
        {
            return;
        }

        if (error is not null)
        {
            activity.SetTag("error.type", error.GetType().FullName).SetStatus(ActivityStatusCode.Error, error.Message);
        }

        activity.Dispose();
    }

    private static KeyValuePair<string, object?>[] Tags(RunBinding.Node node) =>
    [
        new("gen_ai.operation.name", "chat"),
        new("gen_ai.provider.name", node.Provider),
        new("gen_ai.request.model", node.Setting?.Model),
    ];

    private static KeyValuePair<string, object?>[] WithError(Exception? error, KeyValuePair<string, object?>[] tags) =>
        error is null ? tags : [.. tags, new("error.type", error.GetType().FullName)];
}
