namespace FlowCompile.Compilation;

/// <summary>
/// A reduced ordered binary decision diagram of monotone functions over independent variables: each function once, so that the
/// probability of any of them is exact however its parts are shared.
/// </summary>
internal sealed class DecisionDiagram
{
    public const int False = 0;
    public const int True = 1;
    private const int MaxNodes = 1 << 20;
    private readonly List<(int Variable, int Low, int High)> _nodes = [(int.MaxValue, 0, 0), (int.MaxValue, 1, 1)];
    private readonly Dictionary<(int Variable, int Low, int High), int> _unique = [];
    private readonly Dictionary<(bool IsAnd, int A, int B), int> _results = [];

    /// <summary>How many functions there are.</summary>
    public int Size => _nodes.Count;

    /// <summary>What a function but <see cref="False"/> and <see cref="True"/> decides on first, and what is left where that is false and true.</summary>
    /// <param name="function">The function.</param>
    public (int Variable, int Low, int High) this[int function] => _nodes[function];

    /// <summary>The function that is a variable.</summary>
    /// <param name="variable">The variable; smaller ones come first in the order.</param>
    public int Variable(int variable) => Node(variable, False, True);

    /// <summary>The conjunction of two functions.</summary>
    public int And(int a, int b) =>
        a == False || b == False ? False
        : a == True || a == b ? b
        : b == True ? a
        : Apply(isAnd: true, Math.Min(a, b), Math.Max(a, b));

    /// <summary>The disjunction of two functions.</summary>
    public int Or(int a, int b) =>
        a == True || b == True ? True
        : a == False || a == b ? b
        : b == False ? a
        : Apply(isAnd: false, Math.Min(a, b), Math.Max(a, b));

    /// <summary>The probability of every function.</summary>
    /// <param name="variables">The probability of each variable.</param>
    /// <returns>By function.</returns>
    public double[] Probabilities(ReadOnlySpan<double> variables)
    {
        // A node's children were made before it.
        var result = new double[_nodes.Count];
        result[True] = 1;
        for (var i = 2; i < result.Length; i++)
        {
            var (variable, low, high) = _nodes[i];
            result[i] = result[low] + (variables[variable] * (result[high] - result[low]));
        }

        return result;
    }

    private int Apply(bool isAnd, int a, int b)
    {
        if (!_results.TryGetValue((isAnd, a, b), out var result))
        {
            var (x, y) = (_nodes[a], _nodes[b]);
            var variable = Math.Min(x.Variable, y.Variable);
            var (xLow, xHigh) = x.Variable == variable ? (x.Low, x.High) : (a, a);
            var (yLow, yHigh) = y.Variable == variable ? (y.Low, y.High) : (b, b);
            result = isAnd
                ? Node(variable, And(xLow, yLow), And(xHigh, yHigh))
                : Node(variable, Or(xLow, yLow), Or(xHigh, yHigh));
            _results.Add((isAnd, a, b), result);
        }

        return result;
    }

    private int Node(int variable, int low, int high)
    {
        if (low == high)
        {
            return low;
        }

        if (!_unique.TryGetValue((variable, low, high), out var node))
        {
            if (_nodes.Count == MaxNodes)
            {
                throw new CompileException(
                    "The graph is too entangled to estimate exactly: too many nodes share their upstreams with one another; let nodes share fewer upstreams.");
            }

            node = _nodes.Count;
            _nodes.Add((variable, low, high));
            _unique.Add((variable, low, high), node);
        }

        return node;
    }
}
