using System.Globalization;
using System.Text;
using Spectre.Console;

namespace FlowCompile.Tool.Output;

/// <summary>Writes results to standard output: tables that fit a terminal, and that stay one line a row when piped.</summary>
internal static class Results
{
    private const int PipedWidth = 400;

    private static readonly IAnsiConsole s_console = Create();

    public static void Line(string text) => s_console.MarkupLine(Markup.Escape(text));

    public static void Heading(string text) => s_console.MarkupLine($"[bold]{Markup.Escape(text)}[/]");

    /// <summary>Writes a warning to standard error.</summary>
    public static void Warning(string text) => Console.Error.WriteLine($"warning: {text}");

    /// <summary>Writes a table. A header that starts with &gt; is of a column of numbers, aligned to the right.</summary>
    public static void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected)
        {
            Plain(headers, [.. rows]);
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers)
        {
            var column = new TableColumn(Markup.Escape(header.TrimStart('>')));
            table.AddColumn(header.StartsWith('>') ? column.RightAligned().NoWrap() : column);
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        s_console.Write(table);
    }

    public static string Milliseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.00} ms");

    public static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Amount(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static void Plain(IReadOnlyList<string> headers, List<IReadOnlyList<string>> rows)
    {
        var widths = headers.Select((header, i) => rows.Select(row => row[i].Length).Append(header.TrimStart('>').Length).Max()).ToList();
        Console.Out.WriteLine(Format([.. headers.Select(header => header.TrimStart('>'))]));
        foreach (var row in rows)
        {
            Console.Out.WriteLine(Format(row));
        }

        string Format(IReadOnlyList<string> cells)
        {
            var line = new StringBuilder();
            for (var i = 0; i < cells.Count; i++)
            {
                line.Append(headers[i].StartsWith('>') ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i])).Append("  ");
            }

            return line.ToString().TrimEnd();
        }
    }

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipedWidth;
        }

        return console;
    }
}
