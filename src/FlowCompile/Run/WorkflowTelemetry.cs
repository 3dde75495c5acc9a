namespace FlowCompile;

/// <summary>Names to subscribe to. Activities and instruments follow OpenTelemetry's <c>gen_ai</c> conventions.</summary>
/// <remarks>
/// <para>Activities: <c>invoke_workflow</c> for a run, under it <c>invoke_agent</c> for each sub-agent and <c>execute_tool</c> for each tool, and
/// <c>chat</c> for each model call. A model that has telemetry of its own shows below <c>chat</c>.</para>
/// <para>Instruments: <c>gen_ai.workflow.duration</c> and <c>gen_ai.client.operation.duration</c> in seconds,
/// <c>gen_ai.client.operation.time_to_first_chunk</c> in seconds, <c>gen_ai.client.token.usage</c> in tokens; and of its own
/// <c>flowcompile.hedges</c> in calls and <c>flowcompile.drifts</c> in cells.</para>
/// </remarks>
public static class WorkflowTelemetry
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "FlowCompile";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "FlowCompile";
}
