using System.Globalization;
using System.Text;

namespace FlowCompile.Testing.Fuzzing;

/// <summary>What became of the inputs of a kind.</summary>
/// <param name="Kind">The kind's name.</param>
/// <param name="Seed">The seed of all of them.</param>
/// <param name="Accepted">How many were accepted.</param>
/// <param name="Refused">How many were refused as documented.</param>
/// <param name="Findings">The rules that were broken.</param>
/// <param name="Slowest">The longest that one input took.</param>
/// <param name="MostAllocated">The most bytes that one input made the reader allocate.</param>
public sealed record FuzzReport(string Kind, int Seed, int Accepted, int Refused, IReadOnlyList<FuzzFinding> Findings, TimeSpan Slowest, long MostAllocated)
{
    /// <summary>How many inputs broke a rule.</summary>
    public int Failed => Findings.Sum(finding => finding.Count);

    /// <summary>The findings as text: the rule, how to make the input again, and the smallest that does the same.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{Kind}, seed {Seed}, input {finding.Index} ({finding.Count} inputs): {finding.Rule}: {finding.Message}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  {finding.Smallest.Name}, {finding.Smallest.Bytes.Length} bytes: {Excerpt(finding.Smallest)}");
        }

        return text.ToString();
    }

    // As ASCII, around the first byte that differs from the original.
    private static string Excerpt(FuzzInput input)
    {
        const int Most = 400;
        var same = input.Bytes.AsSpan().CommonPrefixLength(input.Original);
        var start = input.Bytes.Length <= Most ? 0 : Math.Max(0, Math.Min(same - (Most / 4), input.Bytes.Length - Most));
        var text = new StringBuilder(start > 0 ? $"...{start}: " : "");
        foreach (var one in input.Bytes.AsSpan(start, Math.Min(Most, input.Bytes.Length - start)))
        {
            text.Append(one is >= 0x20 and < 0x7F ? ((char)one).ToString() : $"\\x{one:x2}");
        }

        return text.ToString();
    }
}
