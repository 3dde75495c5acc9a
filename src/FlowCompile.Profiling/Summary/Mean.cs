namespace FlowCompile.Profiling;

/// <summary>A mean and what it is a mean of.</summary>
/// <param name="Value">The mean; <see langword="null"/> of nothing.</param>
/// <param name="Count">Of how many.</param>
public readonly record struct Mean(double? Value, int Count)
{
    /// <summary>The mean of values.</summary>
    /// <param name="values">The values.</param>
    public static Mean Of(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            sum += value;
            count++;
        }

        return new Mean(count == 0 ? null : sum / count, count);
    }
}
