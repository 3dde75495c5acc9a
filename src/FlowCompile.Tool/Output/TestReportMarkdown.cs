using FlowCompile.Graph;

namespace FlowCompile.Tool.Output;

/// <summary>A test report as Markdown, to paste into a README.</summary>
internal static class TestReportMarkdown
{
    public static void Write(TestReport report, WorkflowGraph graph)
    {
        Show(TestTables.Configurations(report, graph), codeIsLast: true);
        Item(TestTables.Fidelity("accuracy", report.Accuracy, ""));
        Item(TestTables.Fidelity("latency", report.Latency, " s"));
        Item(TestTables.Gain(report.Gain));
        Terminal.Document("");
        if (report.Proxies is { } proxies)
        {
            Show(TestTables.Proxies(proxies), codeIsLast: false);
        }

        if (report.Baselines.Count > 0)
        {
            Show(TestTables.Baselines(report, graph), codeIsLast: true);
        }

        foreach (var line in TestTables.Unmeasured(report))
        {
            Terminal.Document($"- {Markdown.Text(line)}");
            Terminal.Document("");
        }

        Show(TestTables.Uniform(report), codeIsLast: false);
    }

    private static void Show(TestTable table, bool codeIsLast)
    {
        Terminal.Document($"{Markdown.Text(table.Title)}:");
        Terminal.Document("");
        Terminal.Document(Line(table.Headers.Select(header => Markdown.Text(header.ToString().TrimStart('>')))));
        Terminal.Document($"|{string.Join('|', table.Headers.Select(header => header.ToString().StartsWith('>') ? "--:" : "---"))}|");
        foreach (var row in table.Rows)
        {
            Terminal.Document(Line(row.Select((cell, i) => codeIsLast && i == row.Count - 1 ? Markdown.Code(cell) : Markdown.Text(cell))));
        }

        Terminal.Document("");
    }

    private static void Item(ShownText text) => Terminal.Document($"- {Markdown.Text(text)}");

    private static string Line(IEnumerable<string> cells) => string.Concat(cells.Select(cell => cell.Length == 0 ? "| " : $"| {cell} ")) + "|";
}
