namespace FlowCompile.Profiling;

/// <summary>
/// A sequential test of whether estimates of accuracy are far off, case by case: on each case the mean of measured less predicted score over the
/// configurations that were run. It confirms the estimates once a mean difference of <see cref="Margin"/> or more, either way, is refuted; where there is one,
/// it does so with a probability of at most <see cref="Error"/>, however often it is asked on the way.
/// </summary>
/// <remarks>
/// For either side a bet that pays <c>1 + margin -/+ difference</c> a case. Where the mean difference is the margin or beyond, what the bet has made is a
/// non-negative supermartingale, which ever reaches <c>1 / error</c> with a probability of at most the error (J. Ville, Étude critique de la notion de
/// collectif, 1939; I. Waudby-Smith, A. Ramdas, Estimating means of bounded random variables by betting, JRSS B 86, 2024). Only one of the two
/// sides can be true, so that each has the whole error. Cases are taken for draws from those of their kind.
/// </remarks>
public sealed class ProxyCheck
{
    /// <summary>The mean difference of scores that is to be refuted.</summary>
    public const double Margin = 0.15;

    /// <summary>The probability, at most, of confirming estimates that are off by <see cref="Margin"/> or more.</summary>
    public const double Error = 0.1;

    private double _againstHigher = 1;
    private double _againstLower = 1;
    private bool _isNotHigher;
    private bool _isNotLower;

    /// <summary>How many cases there were.</summary>
    public int Cases { get; private set; }

    /// <summary>Whether it is refuted that the estimates are off by <see cref="Margin"/> or more.</summary>
    public bool IsConfirmed => _isNotHigher && _isNotLower;

    /// <summary>Takes the next case.</summary>
    /// <param name="difference">The mean of measured less predicted score on it, -1 to 1.</param>
    public void Add(double difference)
    {
        Cases++;
        _againstHigher *= 1 + Margin - difference;
        _againstLower *= 1 + Margin + difference;
        _isNotHigher |= _againstHigher >= 1 / Error;
        _isNotLower |= _againstLower >= 1 / Error;
    }
}
