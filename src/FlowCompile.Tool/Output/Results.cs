using System.Globalization;
using Spectre.Console;

namespace FlowCompile.Tool.Output;

/// <summary>
/// Writes results to standard output: tables that fit a terminal, and that stay one line a row when piped. Piped output is plain text, and
/// needs nothing of the terminal library, which takes its time to start.
/// </summary>
internal static class Results
{
    private static bool s_afterTable;

    /// <summary>Writes a line.</summary>
    public static void Line(ShownText text)
    {
        s_afterTable = false;
        Terminal.Line(text);
    }

    /// <summary>Writes what comes next in a line of its own.</summary>
    public static void Heading(ShownText text)
    {
        Separate();
        if (Terminal.IsOutputPiped || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
        {
            Terminal.Line(text);
        }
        else
        {
            Terminal.Boxes.MarkupLine($"[bold]{Markup.Escape(text.ToString())}[/]");
        }
    }

    /// <summary>Writes a warning to standard error.</summary>
    public static void Warning(ShownText text) => Terminal.ErrorLine($"warning: {Hints.Complete(text)}");

    /// <summary>Writes to standard error what was decided for the user.</summary>
    public static void Note(ShownText text) => Terminal.ErrorLine($"note: {Hints.Complete(text)}");

    /// <summary>Writes a table. A header that starts with &gt; is of a column of numbers, aligned to the right.</summary>
    public static void Table(IReadOnlyList<ShownText> headers, IEnumerable<IReadOnlyList<ShownText>> rows)
    {
        Separate();
        if (Terminal.IsOutputPiped)
        {
            Plain(headers, [.. rows]);
        }
        else
        {
            Boxed(headers, rows);
        }

        s_afterTable = Terminal.IsOutputPiped;
    }

    /// <summary>A configuration as text: a text from outside for each sub-agent.</summary>
    public static ShownText Configuration(string text) => ShownText.Join(" ", text.Split(' '));

    public static string Milliseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.00} ms");

    public static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Amount(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>How many of something: <c>1 call</c>, <c>2 calls</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="one">What one is called; several have an s behind.</param>
    public static string Count(long value, string one) => value == 1 ? $"1 {one}" : $"{Count(value)} {one}s";

    // Boxes have a blank line of their own; piped tables need one between them.
    private static void Separate()
    {
        if (s_afterTable)
        {
            Terminal.Line("");
            s_afterTable = false;
        }
    }

    private static void Boxed(IReadOnlyList<ShownText> headers, IEnumerable<IReadOnlyList<ShownText>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers)
        {
            var column = new TableColumn(Markup.Escape(Words(header).ToString()));
            table.AddColumn(IsNumber(header) ? column.RightAligned().NoWrap() : column);
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(cell.ToString()))]);
        }

        Terminal.Boxes.Write(table);
    }

    private static void Plain(IReadOnlyList<ShownText> headers, List<IReadOnlyList<ShownText>> rows)
    {
        IReadOnlyList<ShownText> first = [.. headers.Select(Words)];
        var widths = first.Select((header, i) => rows.Select(row => row[i].Length).Append(header.Length).Max()).ToList();
        foreach (var row in rows.Prepend(first))
        {
            Terminal.Line(ShownText.Join("  ", row.Select((cell, i) => cell.Padded(widths[i], atEnd: !IsNumber(headers[i])))).TrimEnd());
        }
    }

    private static bool IsNumber(ShownText header) => header.ToString().StartsWith('>');

    private static ShownText Words(ShownText header) => header.ToString().TrimStart('>');
}
