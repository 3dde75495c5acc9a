using FlowCompile.Graph;

namespace FlowCompile.Tool.Output;

/// <summary>A test report as Markdown, to paste into a README.</summary>
internal static class TestReportMarkdown
{
    public static void Write(TestReport report, WorkflowGraph graph, TextWriter output)
    {
        Show(TestTables.Configurations(report, graph), output, codeIsLast: true);
        output.WriteLine($"- {TestTables.Fidelity("accuracy", report.Accuracy, "")}");
        output.WriteLine($"- {TestTables.Fidelity("latency", report.Latency, " s")}");
        output.WriteLine($"- {TestTables.Gain(report.Gain)}");
        output.WriteLine();
        if (report.Proxies is { } proxies)
        {
            Show(TestTables.Proxies(proxies), output, codeIsLast: false);
        }

        if (report.Baselines.Count > 0)
        {
            Show(TestTables.Baselines(report, graph), output, codeIsLast: true);
        }

        Show(TestTables.Uniform(report), output, codeIsLast: false);
    }

    private static void Show(TestTable table, TextWriter output, bool codeIsLast)
    {
        output.WriteLine($"{table.Title}:");
        output.WriteLine();
        output.WriteLine(Line(table.Headers.Select(header => header.TrimStart('>'))));
        output.WriteLine($"|{string.Join('|', table.Headers.Select(header => header.StartsWith('>') ? "--:" : "---"))}|");
        foreach (var row in table.Rows)
        {
            output.WriteLine(Line(codeIsLast ? row.SkipLast(1).Append($"`{row[^1]}`") : row));
        }

        output.WriteLine();
    }

    private static string Line(IEnumerable<string> cells) => string.Concat(cells.Select(cell => cell.Length == 0 ? "| " : $"| {cell} ")) + "|";
}
