using System.CommandLine;

namespace FlowCompile.Tool.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show the stack of an error.", Recursive = true };

    public static Option<int?> Cases(string what) => LimitOptions.Number<int?>("--cases", $"Use the first N {what} only.", "N", 1, "a number of 1 or more");

    public static Option<string?> Store() => new("--store") { Description = "The profile store; by default .flowcompile/<workflow>.profile.db beside the project.", HelpName = "file" };

    public static Option<string?> Plan() => new("--plan") { Description = "The plan file; by default <workflow>.flowplan.json beside the project.", HelpName = "file" };

    public static Option<bool> KeepAll() => new("--keep-all")
    {
        Description = "Keep all configurations of the frontier in the plan, not only those whose accuracies can be told apart; the same as keepAll in flowcompile.json.",
    };

    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON on standard output." };
}
