using System.Text;

namespace FlowCompile.Models.OpenAI;

/// <summary>A text that arrives in pieces, each with its time.</summary>
internal sealed class SourceText
{
    private readonly StringBuilder _text = new();
    private readonly List<(int End, TimeSpan Time)> _pieces = [];
    private readonly TextJoiner _joiner = new();

    public int Length => _text.Length;

    /// <summary>Takes the next piece; halves of characters wait for their other half.</summary>
    /// <returns>What of it is there now.</returns>
    public string Add(string piece, TimeSpan time) => Append(_joiner.Next(piece), time);

    /// <summary>The text has ended.</summary>
    /// <returns>What was waiting.</returns>
    public string End(TimeSpan time) => Append(_joiner.Rest(), time);

    /// <summary>A part of the text in the pieces in which it came.</summary>
    public IEnumerable<(string Text, TimeSpan Time)> Pieces(int start, int end)
    {
        for (var i = Math.Max(0, FirstAfter(start)); i < _pieces.Count && start < end; i++)
        {
            var stop = Math.Min(end, _pieces[i].End);
            yield return (_text.ToString(start, stop - start), _pieces[i].Time);
            start = stop;
        }
    }

    public override string ToString() => _text.ToString();

    private string Append(string text, TimeSpan time)
    {
        if (text.Length > 0)
        {
            _text.Append(text);
            _pieces.Add((_text.Length, time));
        }

        return text;
    }

    private int FirstAfter(int start)
    {
        var (low, high) = (0, _pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _pieces[middle].End > start ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
