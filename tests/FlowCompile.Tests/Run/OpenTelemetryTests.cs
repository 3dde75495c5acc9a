using System.Diagnostics;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace FlowCompile.Tests.Run;

/// <summary>What a program gets that exports runs by the OpenTelemetry SDK.</summary>
public class OpenTelemetryTests
{
    private static readonly WorkflowConfiguration s_configuration =
        new("own", MathWorkflow.Plan.C01.Structure, [null, null, null, new Setting("exported", 16), null, null]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Traces_AreExportedAsATreeOfSpans(bool streams)
    {
        List<Activity> exported = [];
        using var source = new ActivitySource($"test {streams}");
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(WorkflowTelemetry.SourceName).AddSource(source.Name).AddInMemoryExporter(exported).Build())
        {
            using var caller = source.StartActivity("caller");
            await RunAsync(streams);
        }

        // Other tests run workflows too.
        var trace = exported.Single(span => span.OperationName == "caller").TraceId;
        var spans = exported.Where(span => span.TraceId == trace).ToDictionary(span => span.OperationName);
        Assert.Equal(["caller", "chat exported", "invoke_agent DetailedSolver", "invoke_workflow math"], spans.Keys.Order());
        Assert.Equal(spans["caller"].SpanId, spans["invoke_workflow math"].ParentSpanId);
        Assert.Equal(spans["invoke_workflow math"].SpanId, spans["invoke_agent DetailedSolver"].ParentSpanId);
        Assert.Equal(spans["invoke_agent DetailedSolver"].SpanId, spans["chat exported"].ParentSpanId);
        Assert.Equal(ActivityKind.Client, spans["chat exported"].Kind);
        Assert.All(
            new (string Span, string Name, object Value)[]
            {
                ("invoke_workflow math", "gen_ai.operation.name", "invoke_workflow"),
                ("invoke_workflow math", "gen_ai.workflow.name", "math"),
                ("invoke_agent DetailedSolver", "gen_ai.operation.name", "invoke_agent"),
                ("invoke_agent DetailedSolver", "gen_ai.agent.name", "DetailedSolver"),
                ("invoke_agent DetailedSolver", "flowcompile.reasoning_budget", 16),
                ("chat exported", "gen_ai.operation.name", "chat"),
                ("chat exported", "gen_ai.request.model", "exported"),
                ("chat exported", "gen_ai.usage.input_tokens", 0L),
                ("chat exported", "gen_ai.usage.output_tokens", 0L),
            },
            expected => Assert.Equal(expected.Value, spans[expected.Span].GetTagItem(expected.Name)));
    }

    [Fact]
    public async Task Metrics_AreExportedUnderTheNamesAndUnitsOfTheConventions()
    {
        List<Metric> exported = [];
        using (var provider = Sdk.CreateMeterProviderBuilder().AddMeter(WorkflowTelemetry.MeterName).AddInMemoryExporter(exported).Build())
        {
            await RunAsync(streams: true);
            provider.ForceFlush();
        }

        var metrics = exported.DistinctBy(metric => metric.Name).ToDictionary(metric => metric.Name);
        foreach (var (name, unit) in new[]
        {
            ("gen_ai.workflow.duration", "s"),
            ("gen_ai.client.operation.duration", "s"),
            ("gen_ai.client.operation.time_to_first_chunk", "s"),
            ("gen_ai.client.token.usage", "{token}"),
        })
        {
            Assert.Equal((unit, MetricType.Histogram), (metrics[name].Unit, metrics[name].MetricType));
        }
    }

    private static async Task RunAsync(bool streams)
    {
        using var models = new ModelCatalog().Add("exported", new FakeModel(_ => "7"));
        var workflow = new MathWorkflow { Models = models };
        if (!streams)
        {
            await workflow.RunAsync("x", s_configuration);
            return;
        }

        await foreach (var update in workflow.RunStreamingAsync("x", s_configuration))
        {
            Assert.Equal("7", update.Text);
        }
    }
}
