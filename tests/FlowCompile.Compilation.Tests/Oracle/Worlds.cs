namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>
/// All that chance may do in a run, one world after another: a run asks (<see cref="Draw"/>) and gets the same answers up to the last question
/// that has another answer left.
/// </summary>
internal sealed class Worlds
{
    private readonly List<(double[] Weights, int Chosen)> _path = [];
    private int _next;

    /// <summary>The probability of the world just played.</summary>
    public double Probability { get; private set; } = 1;

    /// <summary>Chooses one of several things that may happen.</summary>
    /// <param name="weights">Their probabilities.</param>
    public int Draw(params double[] weights)
    {
        if (_next == _path.Count)
        {
            _path.Add((weights, Array.FindIndex(weights, weight => weight > 0)));
        }

        var (_, chosen) = _path[_next++];
        Probability *= weights[chosen];
        return chosen;
    }

    /// <summary>Plays the same world once more.</summary>
    public void Again()
    {
        _next = 0;
        Probability = 1;
    }

    /// <summary>Goes on to the next world.</summary>
    public bool Next()
    {
        while (_path.Count > 0)
        {
            var (weights, chosen) = _path[^1];
            _path.RemoveAt(_path.Count - 1);
            var other = Array.FindIndex(weights, chosen + 1, weight => weight > 0);
            if (other >= 0)
            {
                _path.Add((weights, other));
                _next = 0;
                Probability = 1;
                return true;
            }
        }

        return false;
    }
}
