using FlowCompile.Compilation;

namespace FlowCompile.Tool.Output;

/// <summary>Says that a baseline is not known, why, and how it is measured.</summary>
internal static class UnmeasuredText
{
    public static ShownText Of(UnmeasuredBaseline one) => Hints.Complete(
        (ShownText)$"not measured, for {ShownText.Join("; ", one.Missing.GroupBy(missing => missing.Cause).Select(group => Describe(group.Key, group.Count())))}.");

    private static ShownText Describe(IncompleteCause cause, int count) => cause switch
    {
        IncompleteCause.Dropped =>
            (ShownText)$"{Settings(count)} of its sub-agents {Were(count)} dropped by the race; 'flowcompile profile --exhaustive' measures {Them(count)}, and says with --dry-run what that takes",
        IncompleteCause.Failed => (ShownText)$"{Settings(count)} of its sub-agents had too many failed calls; 'flowcompile profile --retry-failures' makes them again",
        _ => (ShownText)$"{Settings(count)} of its sub-agents {Were(count)} not measured to the end; 'flowcompile profile' measures {Them(count)}",
    };

    private static string Settings(int count) => count == 1 ? "1 setting" : $"{Results.Count(count)} settings";

    private static string Were(int count) => count == 1 ? "was" : "were";

    private static string Them(int count) => count == 1 ? "it" : "them";
}
