using System.Text;

namespace FlowCompile.Testing.Oracles;

/// <summary>Comma-separated text by RFC 4180.</summary>
public static class CsvTable
{
    /// <summary>Reads rows.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The rows, empty lines left out; <see langword="null"/> where its quotes are not as the RFC has them.</returns>
    public static List<List<string>>? TryRead(string text)
    {
        var rows = new List<List<string>>();
        var (row, field, quoted, closed) = (new List<string>(), new StringBuilder(), false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var one = text[i];
            if (quoted)
            {
                if (one != '"')
                {
                    field.Append(one);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    (quoted, closed) = (false, true);
                }

                continue;
            }

            switch (one)
            {
                case '"' when field.Length == 0 && !closed:
                    quoted = true;
                    break;
                case '"':
                    return null;
                case ',':
                    EndField();
                    break;
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\n':
                    EndRow();
                    break;
                default:
                    if (closed)
                    {
                        return null;
                    }

                    field.Append(one);
                    break;
            }
        }

        if (quoted)
        {
            return null;
        }

        EndRow();
        return rows;

        void EndField()
        {
            row.Add(field.ToString());
            field.Clear();
            closed = false;
        }

        void EndRow()
        {
            var isEmpty = row.Count == 0 && field.Length == 0 && !closed;
            EndField();
            if (!isEmpty)
            {
                rows.Add(row);
            }

            row = [];
        }
    }
}
