using System.Text;

namespace FlowCompile.Testing.Mutators;

/// <summary>Changes comma-separated tables: cells, columns, rows, quotes and separators.</summary>
public static class TableMutator
{
    private static readonly string[] s_cells =
    [
        "", " ", "0", "1", "-1", "0.5", "1.5", "-0", "1e400", "NaN", "Infinity", "-Infinity", "1e-400", "9007199254740993", "9223372036854775808", "2147483648", "1,5", "\"", "\"\"", "\"a", "a\"b", "\"a\"b", "\"a,b\"", "\"a\nb\"", "\"a\r\nb\"", "true", "null", "x",
        "0x10", " 1", "1 ", "+1", "1_000", "\u0661", "\u22121",
    ];

    /// <summary>Changes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="random">The random numbers.</param>
    public static byte[] Mutate(string table, Random random)
    {
        List<List<string>> rows = [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',').ToList())];
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            Change(rows, random);
        }

        string[] separators = random.Next(12) == 0 ? [";", "\t", ", "] : [","];
        string[] ends = random.Next(6) == 0 ? ["\r\n", "\r", "\n\n"] : ["\n"];
        var separator = separators[random.Next(separators.Length)];
        return Encoding.UTF8.GetBytes(string.Join(ends[random.Next(ends.Length)], rows.Select(row => string.Join(separator, row))) + (random.Next(4) == 0 ? "" : "\n"));
    }

    private static void Change(List<List<string>> rows, Random random)
    {
        var row = rows[random.Next(random.Next(4) == 0 ? 1 : rows.Count)];
        var at = random.Next(row.Count);
        switch (random.Next(11))
        {
            case 0 or 1 or 2:
                row[at] = s_cells[random.Next(s_cells.Length)];
                break;
            case 3:
                row[at] = TextSamples.Next(random);
                break;
            case 4:
                row.RemoveAt(row.Count > 1 ? at : 0);
                break;
            case 5:
                row.Insert(at, row[random.Next(row.Count)]);
                break;
            case 6:
                var other = rows[random.Next(rows.Count)];
                row[at] = other.Count > at ? other[at] : "";
                break;
            case 7:
                rows.Insert(random.Next(rows.Count + 1), [.. row]);
                break;
            case 8 when rows.Count > 2:
                rows.RemoveAt(random.Next(rows.Count));
                break;
            case 9:
                // A column that is not there, or there twice.
                rows[0][random.Next(rows[0].Count)] = random.Next(2) == 0 ? rows[0][random.Next(rows[0].Count)] : rows[0][random.Next(rows[0].Count)].ToUpperInvariant();
                break;
            default:
                (row[at], row[^1]) = (row[^1], row[at]);
                break;
        }

        if (row.Count == 0)
        {
            row.Add("");
        }
    }
}
