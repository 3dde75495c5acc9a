namespace FlowCompile.Scoring;

/// <summary>A union of intervals of real numbers, in ascending order, none touching the next.</summary>
/// <param name="Intervals">The intervals.</param>
internal sealed record IntervalSet(IReadOnlyList<IntervalSet.Interval> Intervals)
{
    private static readonly Quotient s_infinity = Quotient.Of(Atom.Infinity);

    public static IntervalSet Empty { get; } = new([]);

    public static IntervalSet All { get; } = new([new Interval(new Bound(Negative(s_infinity), false), new Bound(s_infinity, false))]);

    /// <summary>One interval; a pair of bounds that leaves nothing gives the empty set.</summary>
    public static IntervalSet Of(Bound low, Bound high)
    {
        low = low with { Closed = low.Closed && double.IsFinite(low.Number) };
        high = high with { Closed = high.Closed && double.IsFinite(high.Number) };
        return low.Number < high.Number || (low.IsAt(high) && low.Closed && high.Closed) ? new([new Interval(low, high)]) : Empty;
    }

    public static IntervalSet Above(Quotient value, bool closed) => Of(new Bound(value, closed), new Bound(s_infinity, false));

    public static IntervalSet Below(Quotient value, bool closed) => Of(new Bound(Negative(s_infinity), false), new Bound(value, closed));

    public IntervalSet Union(IntervalSet other)
    {
        var merged = new List<Interval>();
        foreach (var next in Intervals.Concat(other.Intervals).OrderBy(interval => interval.Low.Number).ThenByDescending(interval => interval.Low.Closed))
        {
            if (merged.Count > 0 && merged[^1] is var last && (next.Low.Number < last.High.Number || (next.Low.IsAt(last.High) && (next.Low.Closed || last.High.Closed))))
            {
                var high = next.High.IsAt(last.High)
                    ? last.High with { Closed = last.High.Closed || next.High.Closed }
                    : next.High.Number > last.High.Number ? next.High : last.High;
                merged[^1] = last with { High = high };
            }
            else
            {
                merged.Add(next);
            }
        }

        return new IntervalSet(merged);
    }

    public IntervalSet Intersect(IntervalSet other)
    {
        var result = Empty;
        foreach (var a in Intervals)
        {
            foreach (var b in other.Intervals)
            {
                var low = a.Low.IsAt(b.Low) ? a.Low with { Closed = a.Low.Closed && b.Low.Closed } : a.Low.Number > b.Low.Number ? a.Low : b.Low;
                var high = a.High.IsAt(b.High) ? a.High with { Closed = a.High.Closed && b.High.Closed } : a.High.Number < b.High.Number ? a.High : b.High;
                result = result.Union(Of(low, high));
            }
        }

        return result;
    }

    /// <summary>The numbers that are not in the set.</summary>
    public IntervalSet Complement() => Intervals.Aggregate(All, (rest, interval) =>
        rest.Intersect(Below(interval.Low.Value, !interval.Low.Closed).Union(Above(interval.High.Value, !interval.High.Closed))));

    public bool IsEqualTo(IntervalSet other) => Intervals.Count == other.Intervals.Count && Intervals.Zip(other.Intervals).All(pair =>
        pair.First.Low.IsEqualTo(pair.Second.Low) && pair.First.High.IsEqualTo(pair.Second.High));

    private static Quotient Negative(Quotient value) => value with { Top = value.Top.Times(-1) };

    /// <summary>An interval.</summary>
    /// <param name="Low">Its lower bound.</param>
    /// <param name="High">Its upper bound.</param>
    public sealed record Interval(Bound Low, Bound High);

    /// <summary>A bound.</summary>
    /// <param name="Value">Where it is.</param>
    /// <param name="Closed">Whether it belongs to the interval.</param>
    public sealed record Bound(Quotient Value, bool Closed)
    {
        /// <summary>Roughly where it is, for the order of bounds; their equality is exact.</summary>
        public double Number { get; } = Approximation.Of(Value);

        public bool IsAt(Bound other) => Number.Equals(other.Number) || Value.Text == other.Value.Text;

        public bool IsEqualTo(Bound other) => Closed == other.Closed && Value.Text == other.Value.Text;
    }
}
