namespace FlowCompile.Models.Onnx;

/// <summary>Chooses the next token from logits. One for each call; not for several threads.</summary>
internal sealed class TokenSampler
{
    private readonly SamplingSettings _settings;
    private readonly double[] _weights;
    private readonly int[]? _order;
    private Xoshiro256 _random;

    public TokenSampler(SamplingSettings settings, int vocabularySize)
    {
        _settings = settings;
        _random = new Xoshiro256(settings.Seed);
        _weights = settings.Temperature > 0 ? new double[vocabularySize] : [];
        _order = settings.TopK < vocabularySize || settings.TopP < 1 ? new int[vocabularySize] : null;
    }

    private TokenSampler(TokenSampler other)
        : this(other._settings, other._weights.Length) => _random = other._random;

    /// <summary>A sampler that draws the same from here on.</summary>
    public TokenSampler Fork() => new(this);

    /// <summary>The next token.</summary>
    /// <exception cref="InvalidOperationException">The logits are not numbers.</exception>
    public int Next(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
            {
                best = i;
            }
        }

        if (!float.IsFinite(logits[best]))
        {
            throw new InvalidOperationException("The model's logits are not finite numbers: its file is damaged, or it is not for this precision.");
        }

        return _settings.Temperature > 0 ? Draw(logits, logits[best]) : best;
    }

    private int Draw(ReadOnlySpan<float> logits, double highest)
    {
        var weights = _weights.AsSpan(0, logits.Length);
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] = Math.Exp((logits[i] - highest) / _settings.Temperature);
        }

        if (_order is not null)
        {
            sum = KeepLikeliest(weights, sum);
        }

        var target = _random.NextDouble() * sum;
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                target -= weights[i];
                if (target < 0)
                {
                    break;
                }
            }
        }

        // Rounding can leave a crumb of the target; it belongs to the last token that can be drawn.
        return last;
    }

    // Sets the weights beyond the first TopK, or beyond those that make up TopP, to zero; returns the sum of the others.
    private double KeepLikeliest(Span<double> weights, double sum)
    {
        var order = _order.AsSpan(0, weights.Length);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        // Equal weights keep the order of their ids, so that a tie is cut the same everywhere.
        var values = _weights;
        order.Sort((left, right) => values[left] != values[right] ? values[right].CompareTo(values[left]) : left.CompareTo(right));
        var enough = sum * (_settings.TopP ?? 1);
        var kept = 0.0;
        var count = 0;
        while (count < Math.Min(_settings.TopK ?? order.Length, order.Length) && (count == 0 || kept < enough))
        {
            kept += weights[order[count++]];
        }

        foreach (var dropped in order[count..])
        {
            weights[dropped] = 0;
        }

        return kept;
    }
}
