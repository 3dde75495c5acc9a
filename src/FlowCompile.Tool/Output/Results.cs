using System.Globalization;
using System.Text;
using Spectre.Console;

namespace FlowCompile.Tool.Output;

/// <summary>
/// Writes results to standard output: tables that fit a terminal, and that stay one line a row when piped. Piped output is plain text, and
/// needs nothing of the terminal library, which takes its time to start.
/// </summary>
internal static class Results
{
    private static readonly bool s_isPiped = Console.IsOutputRedirected;
    private static readonly Lazy<IAnsiConsole> s_terminal = new(() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }));
    private static bool s_afterTable;

    public static void Line(string text)
    {
        s_afterTable = false;
        Console.Out.WriteLine(text);
    }

    public static void Heading(string text)
    {
        Separate();
        if (s_isPiped || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
        {
            Console.Out.WriteLine(text);
        }
        else
        {
            s_terminal.Value.MarkupLine($"[bold]{Markup.Escape(text)}[/]");
        }
    }

    /// <summary>Writes a warning to standard error.</summary>
    public static void Warning(string text) => Console.Error.WriteLine($"warning: {text}");

    /// <summary>Writes a table. A header that starts with &gt; is of a column of numbers, aligned to the right.</summary>
    public static void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        Separate();
        if (s_isPiped)
        {
            Plain(headers, [.. rows]);
        }
        else
        {
            Boxed(headers, rows);
        }

        s_afterTable = s_isPiped;
    }

    public static string Milliseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.00} ms");

    public static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Amount(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    // Boxes have a blank line of their own; piped tables need one between them.
    private static void Separate()
    {
        if (s_afterTable)
        {
            Console.Out.WriteLine();
            s_afterTable = false;
        }
    }

    private static void Boxed(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
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

        s_terminal.Value.Write(table);
    }

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
}
