using System.CommandLine;

namespace FlowCompile.Tool.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show the stack of an error.", Recursive = true };

    /// <summary>The project; nothing stands for the current folder.</summary>
    public static Argument<string?> Project() => new("project")
    {
        Description = "The project file, or the folder that holds it; by default the current folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static string PathOf(this ParseResult result, Argument<string?> project) => result.GetValue(project) ?? ".";

    public static Option<string?> Workflow() => new("--workflow", "-w") { Description = "The workflow's name; by default all workflows of the project.", HelpName = "name" };

    public static Option<string?> Configuration() => new("--configuration", "-c") { Description = "The build configuration, for example Release.", HelpName = "name" };

    public static Option<bool> NoBuild() => new("--no-build") { Description = "Use what was built last; nothing is built." };

    public static Option<int?> Cases(string what) => LimitOptions.Number<int?>("--cases", $"Use the first N {what} only.", "N", 1, "a number of 1 or more");

    public static Option<string?> Store() => new("--store") { Description = "The profile store; by default .flowcompile/<workflow>.profile.db beside the project.", HelpName = "file" };

    public static Option<string?> Plan() => new("--plan") { Description = "The plan file; by default <workflow>.flowplan.json beside the project.", HelpName = "file" };

    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON on standard output." };
}
