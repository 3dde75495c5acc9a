namespace FlowCompile.Scoring;

/// <summary>Compares ratios and times of day, which are written alike.</summary>
internal static class Ratios
{
    public static bool AreEqual(MathAnswer a, MathAnswer b, AnswerComparer items, Algebra algebra) => (a, b) switch
    {
        (MathAnswer.Time x, MathAnswer.Time y) => x.Seconds == y.Seconds,
        (MathAnswer.Time x, MathAnswer.Ratio { IsTimeLike: true } y) => Seconds(y) is var seconds && (seconds == x.Seconds || seconds == x.Seconds - (12 * 3600) || (x.Seconds < 3600 && seconds == x.Seconds + (12 * 3600))),
        (MathAnswer.Ratio, MathAnswer.Time) => AreEqual(b, a, items, algebra),
        (MathAnswer.Ratio x, MathAnswer.Ratio y) => AreEqual(x, y, items, algebra),
        (MathAnswer.Ratio { IsTimeLike: false, Items: [MathAnswer.Expression x, MathAnswer.Expression y] }, MathAnswer.Expression z) =>
            !y.Value.Top.IsZero && new QuantityComparer(algebra).AreEqual(algebra.Divide(x.Value, y.Value), z.Value),
        (MathAnswer.Expression, MathAnswer.Ratio) => AreEqual(b, a, items, algebra),
        (MathAnswer.Many { Items: [var only] }, _) => items.AreEqual(only, b),
        (_, MathAnswer.Many { Items: [var only] }) => items.AreEqual(a, only),
        _ => false,
    };

    private static bool AreEqual(MathAnswer.Ratio a, MathAnswer.Ratio b, AnswerComparer items, Algebra algebra)
    {
        if (a.Items.Count != b.Items.Count)
        {
            return false;
        }

        // Two times of day are the same or not; and 12:0 is no ratio.
        var (left, right) = (Values(a), Values(b));
        if ((a.IsTimeLike && b.IsTimeLike) || left is null || right is null)
        {
            return a.Items.Zip(b.Items).All(pair => items.AreEqual(pair.First, pair.Second));
        }

        return left.Zip(right).All(pair => algebra.AreEqual(algebra.Multiply(pair.First, right[0]), algebra.Multiply(pair.Second, left[0])));
    }

    /// <summary>The parts, where none is 0 and all are expressions.</summary>
    private static List<Quotient>? Values(MathAnswer.Ratio ratio)
    {
        var values = ratio.Items.OfType<MathAnswer.Expression>().Select(item => item.Value).ToList();
        return values.Count == ratio.Items.Count && values.TrueForAll(value => !value.Top.IsZero) ? values : null;
    }

    private static int Seconds(MathAnswer.Ratio time)
    {
        var seconds = 0;
        for (var i = 0; i < 3; i++)
        {
            seconds = (seconds * 60) + (i < time.Items.Count && ((MathAnswer.Expression)time.Items[i]).Value.TryRational(out var part) ? (int)part.Top : 0);
        }

        return seconds;
    }
}
