namespace FlowCompile.Models.Onnx;

/// <summary>Cuts a text into pieces by what is found in it.</summary>
internal static class Splitter
{
    /// <summary>Cuts a text.</summary>
    /// <param name="length">How long the text is.</param>
    /// <param name="found">What was found, in order and apart.</param>
    /// <param name="behavior">What becomes of it.</param>
    /// <param name="invert">Whether what lies between is meant instead.</param>
    /// <returns>Where the pieces are; none is empty.</returns>
    public static List<(int Start, int Length)> Split(int length, List<(int Start, int Length)> found, SplitBehavior behavior, bool invert)
    {
        List<(int Start, int End, bool IsFound)> parts = [];
        var at = 0;
        foreach (var (start, size) in found)
        {
            if (start > at)
            {
                parts.Add((at, start, invert));
            }

            parts.Add((start, start + size, !invert));
            at = start + size;
        }

        if (at < length)
        {
            parts.Add((at, length, invert));
        }

        List<(int Start, int End)> pieces = behavior switch
        {
            SplitBehavior.Removed => [.. parts.Where(part => !part.IsFound).Select(part => (part.Start, part.End))],
            SplitBehavior.Isolated => [.. parts.Select(part => (part.Start, part.End))],
            _ => Merge(parts, behavior),
        };
        return [.. pieces.Where(piece => piece.End > piece.Start).Select(piece => (piece.Start, piece.End - piece.Start))];
    }

    private static List<(int Start, int End)> Merge(List<(int Start, int End, bool IsFound)> parts, SplitBehavior behavior)
    {
        List<(int Start, int End)> pieces = [];
        for (var i = 0; i < parts.Count; i++)
        {
            var joins = i > 0 && behavior switch
            {
                SplitBehavior.Contiguous => parts[i].IsFound == parts[i - 1].IsFound,
                SplitBehavior.MergedWithPrevious => parts[i].IsFound && !parts[i - 1].IsFound,
                _ => parts[i - 1].IsFound && !parts[i].IsFound,
            };
            if (joins)
            {
                pieces[^1] = (pieces[^1].Start, parts[i].End);
            }
            else
            {
                pieces.Add((parts[i].Start, parts[i].End));
            }
        }

        return pieces;
    }
}
