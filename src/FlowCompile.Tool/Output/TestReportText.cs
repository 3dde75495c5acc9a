using FlowCompile.Graph;

namespace FlowCompile.Tool.Output;

/// <summary>A test report for people.</summary>
internal static class TestReportText
{
    public static void Write(TestReport report, WorkflowGraph graph)
    {
        Show(TestTables.Configurations(report, graph));
        Results.Line(TestTables.Fidelity("accuracy", report.Accuracy, ""));
        Results.Line(TestTables.Fidelity("latency", report.Latency, " s"));
        if (report.Proxies is { } proxies)
        {
            Results.Line("");
            Show(TestTables.Proxies(proxies));
        }

        if (report.Baselines.Count > 0)
        {
            Results.Line("");
            Show(TestTables.Baselines(report, graph));
        }

        foreach (var line in TestTables.Unmeasured(report))
        {
            Results.Line(line);
        }

        Results.Line("");
        Show(TestTables.Uniform(report));
        Results.Line(TestTables.Gain(report.Gain));
    }

    private static void Show(TestTable table)
    {
        Results.Heading(table.Title);
        Results.Table(table.Headers, table.Rows);
    }
}
