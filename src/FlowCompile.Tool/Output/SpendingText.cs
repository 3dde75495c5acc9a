using FlowCompile.Profiling;

namespace FlowCompile.Tool.Output;

/// <summary>Says in one line what a run that a limit has stopped was billed for, and how it goes on.</summary>
internal static class SpendingText
{
    /// <summary>Writes the line.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="limit">What stopped it.</param>
    /// <param name="spent">What it was billed for.</param>
    public static void Write(string workflow, ProfileLimit limit, ProfileSpending spent) => Results.Warning(
        $"{workflow}: stopped by the limit on {Describe(limit)}; the same command without it goes on. {Spent(spent)} The limit is for one command: with it, the same command goes on by as much again.");

    private static string Spent(ProfileSpending spent)
    {
        var unsaid = spent.Unsaid == 0 ? ""
            : $", of which {Results.Count(spent.UnsaidTokens)} tokens are the most that {Results.Count(spent.Unsaid)} of them can have taken, which did not say";
        return $"This run sent {Results.Count(spent.Requests, "request")} and was billed for {Results.Count(spent.Tokens, "token")}, {Results.Amount(spent.Cost)} by the prices{unsaid}.";
    }

    private static string Describe(ProfileLimit limit) => limit switch
    {
        ProfileLimit.Cost => "cost",
        ProfileLimit.Tokens => "tokens",
        _ => "time",
    };
}
