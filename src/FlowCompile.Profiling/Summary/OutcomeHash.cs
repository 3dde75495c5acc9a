using System.Globalization;
using System.Text;

namespace FlowCompile.Profiling;

/// <summary>The hash of outcomes: of a line of text for each, in order. Lines are made one at a time, for there are as many as calls.</summary>
/// <param name="withTimes">Whether times are in the lines.</param>
internal sealed class OutcomeHash(bool withTimes) : IComparer<ProfiledOutcome>
{
    private readonly StringBuilder _line = new();

    /// <summary>Hashes outcomes, whatever order they are in.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public string Of(IEnumerable<ProfiledOutcome> outcomes)
    {
        using var hash = new FieldHash();
        hash.Add("outcomes-1");
        ProfiledOutcome[] sorted = [.. outcomes];
        Array.Sort(sorted, this);
        foreach (var one in sorted)
        {
            Write(one);
            hash.Add(_line);
        }

        return hash.Finish();
    }

    // The order of the lines. A line begins with its key, and most keys are of one length and differ.
    int IComparer<ProfiledOutcome>.Compare(ProfiledOutcome? x, ProfiledOutcome? y)
    {
        var (a, b) = (x!.Cell.Key, y!.Cell.Key);
        return ReferenceEquals(x, y) ? 0
            : a.Length == b.Length && string.CompareOrdinal(a, b) is not 0 and var order ? order
            : string.CompareOrdinal(LineOf(x), LineOf(y));
    }

    private string LineOf(ProfiledOutcome one)
    {
        Write(one);
        return _line.ToString();
    }

    private void Write(ProfiledOutcome one)
    {
        var (cell, outcome, invariant) = (one.Cell, one.Outcome, CultureInfo.InvariantCulture);
        _line.Clear();
        _line.Append(invariant, $"{cell.Key} {cell.Node} {cell.Setting.Model}@{cell.Setting.Budget} {cell.InputsRight} {cell.RightCandidates}/{cell.Candidates} {outcome.Failed} {outcome.Score:R} ");
        _line.Append(invariant, $"{outcome.InputTokens} {outcome.ThinkingTokens} {outcome.OutputTokens} {outcome.OutputHash}");
        if (withTimes)
        {
            _line.Append(invariant, $" {outcome.Latency.Ticks} {outcome.TimeToFirstToken?.Ticks} ");
            var first = true;
            foreach (var time in outcome.TokenTimes)
            {
                _line.Append(first ? "" : ",").Append(time.Ticks);
                first = false;
            }
        }

        if (outcome.CachedInputTokens > 0)
        {
            _line.Append(invariant, $" {outcome.CachedInputTokens} cached");
        }

        if (withTimes && outcome.EnergyJoules is { } joules)
        {
            _line.Append(invariant, $" {joules:R} J");
        }
    }
}
