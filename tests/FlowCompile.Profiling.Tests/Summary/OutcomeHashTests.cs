using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowCompile.Profiling.Tests.Summary;

/// <summary>The hash of outcomes, against the text that it is defined to be of.</summary>
public sealed class OutcomeHashTests
{
    // Some lines begin with another's key, some keys are there twice, and one is not ASCII.
    private static readonly string[] s_keys = ["b", "a", "a b", "ab", "a", "ä😀", "a!", "b"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_hash_is_of_the_lines_in_order(bool withTimes)
    {
        ProfiledOutcome[] outcomes = [.. s_keys.Select(OutcomeOf)];
        var lines = outcomes.Select(one => LineOf(one, withTimes)).ToArray();
        Array.Sort(lines, StringComparer.Ordinal);
        var text = string.Concat(lines.Prepend("outcomes-1").Select(line => line.Length.ToString(CultureInfo.InvariantCulture) + ":" + line));
        var expected = "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

        Assert.Equal(expected, ProfileSummary.HashOutcomes(outcomes, withTimes));
        Assert.Equal(expected, ProfileSummary.HashOutcomes(outcomes.Reverse(), withTimes));
    }

    private static ProfiledOutcome OutcomeOf(string key, int place) => new(
        new ProfileCell
        {
            Key = key,
            Node = "Solve",
            Setting = new Setting("mini", place),
            CaseId = "c",
            CaseHash = "h",
            Variant = InputVariant.Strong,
            Repetition = 0,
            InputsRight = place % 2 == 0,
            RightCandidates = 1,
            Candidates = place,
        },
        new Outcome
        {
            Failed = place == 3,
            Score = place == 3 ? null : place / 7.0,
            InputTokens = 100 + place,
            ThinkingTokens = place,
            OutputTokens = 2,
            CachedInputTokens = place % 3,
            Latency = TimeSpan.FromMilliseconds(1.5 * place),
            TimeToFirstToken = place == 2 ? null : TimeSpan.FromMilliseconds(1),
            TokenTimes = TokenTimes.Unpack(TokenTimes.Pack([.. Enumerable.Range(0, place).Select(i => TimeSpan.FromMilliseconds(i * i))])),
            EnergyJoules = place == 4 ? 0.1 : null,
            OutputHash = place == 3 ? null : "o",
        });

    private static string LineOf(ProfiledOutcome one, bool withTimes)
    {
        var (cell, outcome) = (one.Cell, one.Outcome);
        var text = string.Format(
            CultureInfo.InvariantCulture, "{0} {1} {2} {3} {4}/{5} {6} {7:R} {8} {9} {10} {11}", cell.Key, cell.Node, cell.Setting, cell.InputsRight, cell.RightCandidates,
            cell.Candidates, outcome.Failed, outcome.Score, outcome.InputTokens, outcome.ThinkingTokens, outcome.OutputTokens, outcome.OutputHash);
        if (withTimes)
        {
            var times = string.Join(',', Enumerable.Range(0, outcome.TokenTimes.Count).Select(i => outcome.TokenTimes[i].Ticks));
            text += string.Format(CultureInfo.InvariantCulture, " {0} {1} {2}", outcome.Latency.Ticks, outcome.TimeToFirstToken?.Ticks, times);
        }

        text += outcome.CachedInputTokens > 0 ? string.Format(CultureInfo.InvariantCulture, " {0} cached", outcome.CachedInputTokens) : "";
        return text + (withTimes && outcome.EnergyJoules is { } joules ? string.Format(CultureInfo.InvariantCulture, " {0:R} J", joules) : "");
    }
}
