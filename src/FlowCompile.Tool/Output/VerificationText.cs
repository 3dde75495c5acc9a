using System.Globalization;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Output;

/// <summary>Says what end-to-end runs have shown of a plan.</summary>
internal static class VerificationText
{
    public static void Write(PlanVerification? verification)
    {
        if (verification is null)
        {
            return;
        }

        var interval = verification.DifferenceInterval is { } one ? $", 90 %: {Signed(one.Low)} to {Signed(one.High)}" : "";
        Results.Line($"Verified by {Results.Count(verification.Runs, "end-to-end run")} on {Results.Count(verification.Cases, "case")}: measured less predicted accuracy {Signed(verification.Difference)}{interval}{(verification.IsConfirmed ? "; that they are .15 or more apart is refuted" : "")}.");
        if (verification.Structures.Count(structure => structure.Correction != 0) is > 0 and var corrected)
        {
            Results.Line($"The accuracies of {Results.Count(corrected)} of {Results.Count(verification.Structures.Count)} structures are corrected for it, by {Signed(verification.Structures.Min(structure => structure.Correction))} to {Signed(verification.Structures.Max(structure => structure.Correction))}.");
        }

        if (verification.Latency is { } latency)
        {
            Results.Line(string.Create(CultureInfo.InvariantCulture, $"Runs took {latency.Ratio:0.###} times as long as composed, give or take {Math.Exp(latency.Spread) - 1:0.#%}; latency intervals allow for it."));
        }
    }

    private static string Signed(double value) => value.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture);
}
