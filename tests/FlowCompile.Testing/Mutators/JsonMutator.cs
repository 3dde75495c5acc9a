using System.Globalization;
using System.Text;

namespace FlowCompile.Testing.Mutators;

/// <summary>Changes JSON as people and programs get it wrong: types, keys, numbers, texts, depth, and references between its parts.</summary>
public static class JsonMutator
{
    private static readonly string[] s_values = ["null", "true", "false", "0", "1", "-1", "\"\"", "\"x\"", "[]", "{}", "[null]", "{\"\":null}", "[[]]", "\"0\"", "\"true\""];

    private static readonly string[] s_numbers =
    [
        "-0", "-0.0", "0.0", "1.0", "1e0", "10e-1", "1e400", "-1e400", "1e-400", "1.7976931348623157e308", "4.9e-324", "9007199254740993", "-9007199254740993", "2147483647", "2147483648", "-2147483648", "4294967296",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1e9", "1e18", "0.1", "0.30000000000000004", "1.0000000000000002", "NaN", "Infinity", "-Infinity", "\"NaN\"", "+1", "01", "1.", ".5", "1e", "0x10", "1_000",
        "1,5", new string('9', 400), "0." + new string('3', 400), "1" + new string('0', 5000), "1e" + new string('9', 40),
    ];

    /// <summary>Changes a document.</summary>
    /// <param name="json">The document, well formed.</param>
    /// <param name="random">The random numbers.</param>
    public static byte[] Mutate(ReadOnlySpan<byte> json, Random random)
    {
        var root = JsonText.Read(json);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            Change(root, random);
        }

        string[] ends = ["\n", "", "\r\n"];
        return Encoding.UTF8.GetBytes(JsonText.Write(root, ends[random.Next(ends.Length)]));
    }

    /// <summary>Changes a document of one line, which stays one.</summary>
    /// <param name="json">The document, well formed.</param>
    /// <param name="random">The random numbers.</param>
    public static byte[] MutateLine(ReadOnlySpan<byte> json, Random random)
    {
        var root = JsonText.Read(json);
        Change(root, random);
        return Encoding.UTF8.GetBytes(JsonText.Write(root, ""));
    }

    private static void Change(JsonPiece root, Random random)
    {
        List<(string? Key, JsonPiece Piece)> all = [.. root.All()];
        var (key, piece) = all[random.Next(all.Count)];
        switch (random.Next(13))
        {
            case 0:
                piece.Become(new JsonPiece { Text = s_values[random.Next(s_values.Length)] });
                break;
            case 1 or 2:
                JsonShape.Change(root, random);
                break;
            case 3 or 4:
                Number(Pick(all, random, one => one.Text.Length > 0 && one.Text[0] != '"'), random);
                break;
            case 5 or 6:
                Text(Pick(all, random, one => one.Text.StartsWith('"')), random);
                break;
            case 7:
                Deepen(piece, random);
                break;
            case 8:
                JsonShape.Repeat(root, random);
                break;
            case 9:
                // What stands elsewhere under the same name: an id that repeats, a reference to something else.
                Same(all, key, piece, random);
                break;
            case 10:
                var other = all[random.Next(all.Count)].Piece;
                piece.Become(other.Copy());
                break;
            case 11:
                Refer(Pick(all, random, one => one.Text.Length > 1 && one.Text[0] == '"'), random);
                break;
            default:
                Step(Pick(all, random, one => one.Text.Length > 0 && (char.IsAsciiDigit(one.Text[0]) || one.Text[0] == '-')), random);
                break;
        }
    }

    private static JsonPiece Pick(List<(string? Key, JsonPiece Piece)> all, Random random, Func<JsonPiece, bool> fits)
    {
        List<JsonPiece> some = [.. all.Select(one => one.Piece).Where(fits)];
        return some.Count > 0 ? some[random.Next(some.Count)] : all[random.Next(all.Count)].Piece;
    }

    private static void Number(JsonPiece piece, Random random) => piece.Become(new JsonPiece { Text = s_numbers[random.Next(s_numbers.Length)] });

    private static void Text(JsonPiece piece, Random random)
    {
        var text = TextSamples.Next(random);
        var inside = piece.Text.Length > 1 && piece.Text[0] == '"' && !piece.Text.Contains('\\') ? piece.Text[1..^1] : "";
        var at = random.Next(inside.Length + 1);
        piece.Become(new JsonPiece { Text = JsonText.Quote(random.Next(2) == 0 ? text : inside[..at] + text + inside[at..], escapeAll: random.Next(2) == 0) });
    }

    private static void Deepen(JsonPiece piece, Random random)
    {
        int[] depths = [1, 2, 10, 30, 60, 63, 64, 65, 100, 1000, 100_000];
        var depth = depths[random.Next(random.Next(8) == 0 ? depths.Length : 9)];
        var inner = JsonText.Write(piece, "");
        piece.Become(random.Next(2) == 0
            ? new JsonPiece { Text = new string('[', depth) + inner + new string(']', depth) }
            : new JsonPiece { Text = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + inner + new string('}', depth) });
    }

    private static void Same(List<(string? Key, JsonPiece Piece)> all, string? key, JsonPiece piece, Random random)
    {
        List<JsonPiece> same = [.. all.Where(one => one.Key == key && one.Piece != piece).Select(one => one.Piece)];
        if (same.Count > 0)
        {
            piece.Become(same[random.Next(same.Count)].Copy());
        }
    }

    private static void Refer(JsonPiece piece, Random random)
    {
        if (piece.Text.Length < 2)
        {
            return;
        }

        var inside = piece.Text[1..^1];
        string[] others = [inside + "x", inside.ToUpperInvariant(), inside.ToLowerInvariant(), " " + inside, inside + " ", inside.Length > 1 ? inside[1..] : inside, inside + inside];
        piece.Text = $"\"{others[random.Next(others.Length)]}\"";
    }

    private static void Step(JsonPiece piece, Random random)
    {
        if (double.TryParse(piece.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            double[] others = [value + 1, value - 1, -value, value * 2, value / 2, value * 1000];
            piece.Become(new JsonPiece { Text = others[random.Next(others.Length)].ToString("R", CultureInfo.InvariantCulture) });
        }
    }
}
